"""When an article was published: read where stated, inferred where not, never guessed."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone

YEARS = range(1500, 2201)
LONGEST = 80  # characters; nothing longer is a date

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
TIME = (
    r"(?:(?:\s*,\s*|\s+|T)(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m(?![a-z])\.?)?(?:\s*(?P<zone>[a-z]{1,5}|[+-]\d{2}:?\d{2}))?"
    r"(?:\s*\([a-z ]+\))?)?"
)
FORMS = tuple(
    re.compile(WEEKDAY + form + TIME, re.ASCII | re.IGNORECASE)
    for form in (
        rf"{DAY}[\s-]+(?:of\s+)?{MONTH},?[\s-]+{YEAR}",
        rf"{MONTH}\s+{DAY},?\s+{YEAR}",
        rf"{YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})",
        rf"(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second_part>\d{{1,2}})(?P=mark){YEAR}",
    )
)

# Hours from UTC, as RFC 2822 (section 4.3) has them, and a few that mean one thing only.
# Names with several meanings (BST, IST) are absent: their times keep no zone.
ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "jst": 9, "kst": 9,
}  # fmt: skip

URL_DAYS = (
    re.compile(r"/((?:18|19|20)\d\d)/(\d\d?|[a-z]{3})/(\d\d?)(?=/|$)", re.ASCII),
    re.compile(r"(?<=[/_-])((?:18|19|20)\d\d)-(\d\d)-(\d\d)(?!\d)", re.ASCII),
    re.compile(r"/((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", re.ASCII),
)
LABEL = re.compile(r"(?:(?:first\s+)?(?:published|posted)|date)(?:\s+on)?:?\s+", re.IGNORECASE)


def parse_published(value: object) -> str | None:
    """ISO 8601, as exact as stated: a day, or a time with its zone where one is given.

    None where nothing certain can be read; 10/11/2024 may be either of two days.

    >>> parse_published("Jun 9 2020 3:05 PM EDT")
    '2020-06-09T15:05:00-04:00'
    >>> parse_published("9 June 2020")
    '2020-06-09'
    >>> parse_published("10/11/2024") is None
    True
    """
    moment = _parse(value.strip()) if isinstance(value, str) else value
    if not isinstance(moment, date) or moment.year not in YEARS:
        return None
    return (
        moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()
    )


def day_in_url(url: str) -> str | None:
    """The day that a URL, or a file's name after a slash, carries.

    >>> day_in_url("https://harbour.example/2020/06/09/gates")
    '2020-06-09'
    """
    return next(_days_in(url), None)


def _parse(written: str) -> date | None:
    if len(written) > LONGEST:
        return None
    try:
        return _from_iso(written) or _from_words(written)
    except (ValueError, OverflowError):  # the 31st of June, 25 o'clock, a zone of 99 hours
        return None


def _from_iso(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _from_words(written: str) -> date | None:
    found = next(filter(None, (form.fullmatch(written) for form in FORMS)), None)
    if found is None:
        return None
    parts = found.groupdict()
    day = _numeric_day(parts) if "first" in parts else _named_day(parts)
    if day is None or parts["hour"] is None:
        return day
    return datetime.combine(day, _clock(parts), _zone(parts["zone"]))


def _named_day(parts: dict[str, str]) -> date:
    return date(int(parts["year"]), month_number(parts["month"]), int(parts["day"]))


def _numeric_day(parts: dict[str, str]) -> date | None:
    """Which of the two is the day is known only if the other cannot be, or if they are equal."""
    low, high = sorted((int(parts["first"]), int(parts["second_part"])))
    certain = low == high or high > 12
    return date(int(parts["year"]), low, high) if certain else None


def month_number(written: str) -> int:
    """From 1, of a month in digits or as `MONTH` matches it."""
    return int(written) if written.isdigit() else MONTHS.index(written[:3].lower()) + 1


def _clock(parts: dict[str, str]) -> time:
    hour, half = int(parts["hour"]), parts["half"]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f"{hour} o'clock is not on a 12-hour clock")
        hour = hour % 12 + (12 if half in "pP" else 0)
    return time(hour, int(parts["minute"]), int(parts["second"] or 0))


def _zone(written: str | None) -> timezone | None:
    if not written or written == "-0000":  # RFC 2822: -0000 says that the zone is unknown
        return None
    if written[0] not in "+-":
        hours = ZONES.get(written.lower())
        return None if hours is None else timezone(timedelta(hours=hours))
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-offset if written[0] == "-" else offset)


def _days_in(url: str) -> Iterator[str]:
    for pattern in URL_DAYS:
        for year, month, day in pattern.findall(url.lower()):
            try:
                yield date(int(year), month_number(month), int(day)).isoformat()
            except ValueError:  # digits that are no day, an article's number
                continue

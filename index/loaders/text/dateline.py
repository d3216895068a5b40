"""The place and day that a wire report opens with: "VARN, June 9 (Harbour Wire) — The gates"."""

import re
from dataclasses import dataclass
from datetime import date

from index.published import DAY, MONTH, month_number

LONGEST = 200  # characters; nothing longer is looked at
_CAPITALS = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’-]+(?:[ /][A-Z\u00c0-\u00de.'’-]+){0,3}"
_MIXED = r"[A-Z\u00c0-\u00de][\w.'’-]+(?: [A-Z\u00c0-\u00de][\w.'’-]+){0,3}"
_DAY_FIRST = DAY.replace("<day>", "<first>"), MONTH.replace("<month>", "<second>")
_WHEN = rf"(?P<when>(?i:{MONTH})\s{DAY}|{_DAY_FIRST[0]}\s(?i:{_DAY_FIRST[1]}))"
DATELINE = re.compile(
    rf"(?P<place>(?P<capitals>{_CAPITALS})|{_MIXED})(?P<land>,\s{_MIXED})?"
    rf"(?:,?\s{_WHEN}(?:,\s(?P<year>\d{{4}}))?)?(?P<agency>\s\([A-Z][^()]{{1,40}}\))?\s*(?:--|[\u2014\u2013-])\s*(?=[\w\"'\u2018\u201c])"
)
# Before a dash in capitals, these are no places.
NO_PLACE = re.compile(
    r"UPDATED?|BREAKING|EXCLUSIVE|LIVE|WATCH|VIDEO|OPINION|ANALYSIS|FILE|PHOTOS?|CORRECT\w*|EDITOR.*"
    r"|NEWS|ALERT|REVIEW|INTERVIEW|NOTE|CNN|BBC|NPR|AP|AFP|UPI|PTI|ANI|COVID.*|Q|A|I|TV|FACT.*"
)
YEAR_IN_URL = re.compile(r"/((?:19|20)\d\d)(?:/(\d\d?))?(?=/)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """
    Attributes:
        place: as it is written, land included: "BEIJING", "ST. PAUL, Minn.".
        month, day, year: None where it does not say.
    """

    place: str
    month: int | None = None
    day: int | None = None
    year: int | None = None


def read_dateline(text: str) -> Dateline | None:
    """Of the text's first line; None if it opens with none.

    >>> read_dateline("VARN, June 9 (Harbour Wire) — The gates were opened.")
    Dateline(place='VARN', month=6, day=9, year=None)
    """
    found = DATELINE.match(text)
    if found is None or NO_PLACE.fullmatch(found["place"]):
        return None
    if "\u2014" not in found[0] and not found[0][-1].isspace():  # a hyphen within a word
        return None
    if not (found["capitals"] or found["agency"] or found["when"]):
        return None
    month, day = found["month"] or found["second"], found["day"] or found["first"]
    return Dateline(
        found["place"] + (found["land"] or ""),
        month_number(month) if month else None,
        int(day) if day else None,
        int(found["year"]) if found["year"] else None,
    )


def dateline_day(dateline: Dateline, url: str) -> str | None:
    """The day of publication, where the dateline has one and itself or the URL the year."""
    if dateline.month is None or dateline.day is None:
        return None
    year = dateline.year or _year_in(url, dateline.month)
    try:
        return date(year, dateline.month, dateline.day).isoformat() if year else None
    except ValueError:  # June 31
        return None


def _year_in(url: str, month: int) -> int | None:
    """None, too, if the URL names another month."""
    found = YEAR_IN_URL.search(url)
    return int(found[1]) if found and int(found[2] or month) == month else None

"""Phrases that count from the day of the question: "last week", "two months ago", "on Tuesday"."""

import re
from datetime import date

from rag.period.rule import Resolve, rules
from rag.period.spans import Span, months, pick, plus_days, season, shift, whole
from rag.period.vocabulary import (
    COUNT,
    NAMED_MONTH,
    SEASON,
    TURN,
    UNIT,
    VAGUE_COUNT,
    WEEKDAY,
    WHICH,
    count_in,
    month_in,
    weekday_in,
)


def _offset(days: int) -> Resolve:
    return lambda match, as_of: whole("day", plus_days(as_of, days))


def _recently(match: re.Match[str], as_of: date) -> Span:
    return plus_days(as_of, -30), as_of


def _calendar_unit(match: re.Match[str], as_of: date) -> Span:
    """A whole unit; but "this week" is the seven days to today.

    Questions of the news say "this week" of what has just happened, and on a Monday the
    calendar's week has hardly begun. The days of it still to come hold no articles yet.
    """
    which, unit = match["which"], match["unit"]
    if (which, unit) == ("this", "week"):
        return plus_days(as_of, -6), as_of
    return whole(unit, shift(as_of, unit, TURN[which]))


def _side_of_unit(match: re.Match[str], as_of: date) -> Span:
    first, last = whole(match["unit"], as_of)
    return (first, as_of) if match["side"] == "earlier" else (as_of, last)


def _latest_weekend(match: re.Match[str], as_of: date) -> Span | None:
    weeks = (shift(as_of, "week", count) for count in (-1, 0))
    return pick("latest", (whole("weekend", day) for day in weeks), as_of)


def _up_to_now(match: re.Match[str], as_of: date) -> Span:
    """From the day that lies so far back: "the past three days" began three days ago."""
    return shift(as_of, match["unit"], -count_in(match)), as_of


def _hours_to_now(match: re.Match[str], as_of: date) -> Span:
    return plus_days(as_of, -int(match["hours"]) // 24), as_of


def _from_now(match: re.Match[str], as_of: date) -> Span:
    return as_of, shift(as_of, match["unit"], count_in(match))


def _ago(match: re.Match[str], as_of: date) -> Span:
    """As exact as its unit: "two months ago" is that month, "two months ago today" that day."""
    then = shift(as_of, match["unit"], -count_in(match))
    return whole("day" if match["today"] else match["same"] or match["unit"], then)


def _weekday(match: re.Match[str], as_of: date) -> Span | None:
    """Alone, the latest up to today; "last" excludes today, and "this" is of the calendar week."""
    which = match.groupdict().get("which") or "latest"
    if which == "this":
        return _day_of_week(match, as_of)
    near = (plus_days(as_of, days) for days in range(-7, 8))
    return pick(which, ((day, day) for day in near if day.weekday() == weekday_in(match)), as_of)


def _day_of_week(match: re.Match[str], as_of: date) -> Span:
    monday, _ = whole("week", shift(as_of, "week", TURN[match["which"]]))
    return whole("day", plus_days(monday, weekday_in(match)))


def _which_month(match: re.Match[str], as_of: date) -> Span | None:
    """ "This June" is of the calendar year; "last June" is over, "next June" is yet to begin."""
    if match["which"] == "this":
        return months(12 * as_of.year + month_in(match) - 1)
    years = range(as_of.year - 1, as_of.year + 2)
    return pick(match["which"], (months(12 * y + month_in(match) - 1) for y in years), as_of)


def _which_season(match: re.Match[str], as_of: date) -> Span | None:
    """ "This" is the one going on, else that of the calendar year; "last" is over."""
    name = match["season"].lower()
    if match["which"] == "this":
        ending, own = season(name, as_of.year - 1), season(name, as_of.year)
        return ending if ending[1] >= as_of else own
    years = range(as_of.year - 2, as_of.year + 2)
    return pick(match["which"], (season(name, year) for year in years), as_of)


_SINGLE = "(?P<unit>week|month|year|decade)(?! of )"
_NOT_A_FALL = r"(?! (?:apart|behind|flat|from|in(?:to)?|on|short|through|to|under|within)\b)"
_NOT_ANY = "".join(
    rf"(?<!{word}\s)"
    for word in ("a", "any", "each", "every", "first", "last", "next", "what", "which")
)
_NOT_HABIT = "(?! (?:mornings|afternoons|evenings|nights)|[-\u2013])"
_SAME = "(?:(?P<today>today)|this (?P<same>week|month))"

RELATIVE = rules(
    "anchored",
    ("today|tonight|this (?:morning|afternoon|evening)", _offset(0)),
    ("yesterday|last night", _offset(-1)),
    ("tomorrow", _offset(1)),
    ("(?:the )?day before yesterday", _offset(-2)),
    ("(?:the )?day after tomorrow", _offset(2)),
    (r"(?<!the\s)(?<!most\s)(?<!more\s)recently|lately", _recently),
    (f"{WHICH} (?P<unit>week|weekend|month|year)(?! of )", _calendar_unit),
    ("(?P<side>earlier|later) this (?P<unit>week|month|year)", _side_of_unit),
    ("(?:over|at|on) the weekend|(?:the |this )?past weekend", _latest_weekend),
    (f"(?:the |this )?(?:past|last|previous) {VAGUE_COUNT} {UNIT}(?! of )", _up_to_now),
    (rf"(?:(?<!was\s)(?<!is\s)the last|(?:the |this )?past) {_SINGLE}", _up_to_now),
    ("(?:the )?(?:past|last) (?P<hours>24|48|72) hours", _hours_to_now),
    (f"(?:the )?(?:next|coming) {VAGUE_COUNT} {UNIT}(?! of )", _from_now),
    (f"(?:the next|(?:the )?coming) {_SINGLE}", _from_now),
    # "More than ten years ago" names no year.
    (rf"(?<!than\s)(?<!over\s)(?<!least\s)(?<!or\s)(?<!to\s){COUNT} {UNIT} ago(?: {_SAME})?", _ago),
    (f"{WHICH} (?:past |coming )?{WEEKDAY}", _weekday),
    (f"{WEEKDAY} (?:of )?{WHICH} week", _day_of_week),
    (f"{WHICH} week(?:['\u2019]s| on) {WEEKDAY}", _day_of_week),
    (f"{WHICH} {NAMED_MONTH}", _which_month),
    (f"{WHICH} {SEASON}{_NOT_A_FALL}", _which_season),
) + rules("floating", (f"{_NOT_ANY}{WEEKDAY}{_NOT_HABIT}", _weekday))

"""Calendar arithmetic on spans of days, clamped at both ends of what `date` can hold."""

import calendar
from collections.abc import Iterable
from datetime import date

Span = tuple[date, date]  # the first and the last day, both included

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}  # their first month

_DAYS_IN = {"day": 1, "week": 7, "weekend": 7}
_MONTHS_IN = {"month": 1, "year": 12, "decade": 120}


def plus_days(day: date, count: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + count, 1), date.max.toordinal()))


def shift(day: date, unit: str, count: int) -> date:
    """The day `count` units later; where that month is shorter, its last day.

    >>> shift(date(2020, 3, 31), "month", -1)
    datetime.date(2020, 2, 29)
    """
    if unit in _DAYS_IN:
        return plus_days(day, count * _DAYS_IN[unit])
    first, last = months(_index(day) + count * _MONTHS_IN[unit])
    return first.replace(day=min(day.day, last.day))


def whole(unit: str, day: date) -> Span:
    """The calendar week (from Monday), weekend of that week, month, year or decade of a day."""
    if unit == "day":
        return day, day
    if unit in _DAYS_IN:
        monday = plus_days(day, -day.weekday())
        return plus_days(monday, 5 if unit == "weekend" else 0), plus_days(monday, 6)
    size = _MONTHS_IN[unit]
    return months(_index(day) // size * size, size)


def months(index: int, count: int = 1) -> Span:
    """`count` whole months from the one numbered `12 * year + month - 1`."""
    first, last = _first_of_month(index), _first_of_month(index + count - 1)
    return first, last.replace(day=calendar.monthrange(last.year, last.month)[1])


def season(name: str, year: int) -> Span:
    """Three months, in the northern hemisphere; the winter of a year begins in its December."""
    return months(12 * year + SEASONS[name] - 1, 3)


def third(part: str, span: Span) -> Span:
    """The "early", "mid" or "late" part of a month (from day 1, 11, 21) or of a year (4 months)."""
    first, last = span
    turn = ("early", "mid", "late").index(part)
    if first.month != last.month:
        return months(_index(first) + 4 * turn, 4)
    tenth = plus_days(first, 10 * turn + 9)
    return plus_days(first, 10 * turn), last if part == "late" else tenth


def pick(which: str, candidates: Iterable[Span], day: date) -> Span | None:
    """Of a thing that recurs, the one meant on a day.

    "last" is the latest that is wholly past, "next" the earliest yet to begin, and
    otherwise the latest that has begun.
    """
    if which == "next":
        return min((span for span in candidates if span[0] > day), default=None)
    if which == "last":
        return max((span for span in candidates if span[1] < day), default=None)
    return max((span for span in candidates if span[0] <= day), default=None)


def _first_of_month(index: int) -> date:
    year, month = divmod(min(max(index, _index(date.min)), _index(date.max)), 12)
    return date(year, month + 1, 1)


def _index(day: date) -> int:
    return 12 * day.year + day.month - 1

"""A period in words, as short as it can be said exactly."""

from datetime import date

from rag.period.reading import Period
from rag.period.spans import MONTHS, whole

_DASH = "\N{EN DASH}"


def describe(period: Period) -> str:
    """The days of a period, for a reader: a day, days of one month, whole years, an open start.

    >>> describe(Period(date(2020, 6, 9), date(2020, 6, 9), 0, 5))
    '9 June 2020'
    >>> describe(Period(date(2018, 1, 1), date(2018, 12, 31), 0, 5))
    '2018'
    >>> describe(Period(date.min, date(2020, 6, 30), 0, 5))
    'until 30 June 2020'
    """
    first, last = period.first, period.last
    if first == last:
        return written(first)
    if first == date.min:
        return f"until {written(last)}"
    if first == whole("year", first)[0] and last == whole("year", last)[1]:
        return f"{first.year}" if first.year == last.year else f"{first.year}{_DASH}{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_DASH}{written(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} {_DASH} {written(last)}"
    return f"{written(first)} {_DASH} {written(last)}"


def written(day: date) -> str:
    """`9 June 2020`, in English whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

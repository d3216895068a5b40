"""Articles over time: so many a day, a month, a year or a decade, whichever fits."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from rag.period import written

MOST = 60  # bars


class Histogram(NamedTuple):
    """
    Attributes:
        unit: "day", "month", "year" or "decade".
        bars: of each of them, without a gap, its name and how many articles it has.
    """

    unit: str
    bars: list[tuple[str, int]]


class _Unit(NamedTuple):
    name: str
    number: Callable[[date], int]
    label: Callable[[int], str]


def _month(number: int) -> str:
    return f"{date(number // 12, number % 12 + 1, 1):%B %Y}"


_UNITS = [
    _Unit("day", date.toordinal, lambda number: written(date.fromordinal(number))),
    _Unit("month", lambda day: day.year * 12 + day.month - 1, _month),
    _Unit("year", lambda day: day.year, str),
    _Unit("decade", lambda day: day.year // 10, lambda number: f"{number}0s"),
]


def histogram(days: Iterable[date | None]) -> Histogram | None:
    """None where no day is known.

    >>> histogram([date(2020, 6, 30), date(2020, 7, 2), None, date(2020, 7, 2)]).bars[-1]
    ('2 July 2020', 2)
    """
    known = Counter(day for day in days if day)
    if not known:
        return None
    first, last = min(known), max(known)
    unit = next((u for u in _UNITS if u.number(last) - u.number(first) < MOST), _UNITS[-1])
    counts: Counter[int] = Counter()
    for day, articles in known.items():
        counts[unit.number(day)] += articles
    numbers = range(unit.number(first), unit.number(last) + 1)
    return Histogram(unit.name, [(unit.label(number), counts[number]) for number in numbers])

"""Several versions of one report, under one URL: which of them stands on which day."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

Reign = tuple[date, date]  # the first day, and the day after the last


def reigns(versions: Iterable[tuple[str, str, str]]) -> dict[str, Reign]:
    """When each of them stands, by id.

    A version stands from its own day to that of the next; of two of one day, the later added does.
    The first stands before its day, too: where it is of no known date, no other is nearer to it.

    Args:
        versions: URL, id and ISO day ("" if unknown), oldest first under each URL.

    >>> reigns([("u", "a", "2021-03-02"), ("u", "b", "2021-03-05")])["a"]
    (datetime.date(1, 1, 1), datetime.date(2021, 3, 5))
    """
    found: dict[str, Reign] = {}
    for _, group in groupby(versions, key=lambda version: version[0]):
        several = [(one, date.fromisoformat(day) if day else date.min) for _, one, day in group]
        firsts = [date.min, *(day for _, day in several[1:])]
        ends = [*firsts[1:], date.max]
        for (one, _), first, end in zip(several, firsts, ends, strict=True):
            found[one] = first, end
    return found

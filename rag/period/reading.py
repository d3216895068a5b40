"""Reads the time a text speaks of: resolves its phrases, and combines them to one period."""

from dataclasses import dataclass
from datetime import date

from rag.period.mentions import Mention, Run, is_range, runs
from rag.period.spans import Span, plus_days


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a text speaks of.

    Attributes:
        first, last: both included; `first` is `date.min` where the start is open.
        start, end: the characters of the text that say so, from the first phrase to the last.
    """

    first: date
    last: date
    start: int
    end: int


_Bounds = tuple[date | None, date | None]  # None where that end is open


def find_period(text: str, as_of: date) -> Period | None:
    """The days a text speaks of, read on a day; None if it names none for certain.

    Phrases that are joined, the ends of a range or things compared, give the days from the
    earliest to the latest of them. "Since" and "after" reach to `as_of`; "before", "until" and
    "by" start from `date.min`. Phrases apart narrow one another to the days they share; if they
    share none, those relative to `as_of` are the news and the others its background ("this
    week", in "this week, 25 years after the vote in 1997"), else all are compared.

    >>> find_period("What changed between June and August 2020?", date(2021, 1, 1))
    Period(first=datetime.date(2020, 6, 1), last=datetime.date(2020, 8, 31), start=13, end=41)
    >>> find_period("What did May say to 2000 people?", date(2021, 1, 1)) is None
    True
    """
    found = [(run, period) for run in runs(text) if (period := _period_of(run, as_of))]
    if not found:
        return None
    periods = [period for _, period in found]
    first, last = max(p.first for p in periods), min(p.last for p in periods)
    if first > last:
        periods = [period for run, period in found if all(m.is_relative for m in run)] or periods
        first, last = min(p.first for p in periods), max(p.last for p in periods)
    return Period(first, last, periods[0].start, periods[-1].end)


def _period_of(run: Run, as_of: date) -> Period | None:
    """From the earliest to the latest bound of a run; None if they contradict each other."""
    bounds = _bounds(run, as_of)
    firsts = [first for first, _ in bounds if first]
    lasts = [last for _, last in bounds if last]
    if not firsts and not lasts:
        return None
    first, last = min(firsts, default=date.min), max(lasts, default=as_of)
    return Period(first, last, run[0].start, run[-1].match.end()) if first <= last else None


def _bounds(run: Run, as_of: date) -> list[_Bounds]:
    """The days of each phrase, from right to left, as a year is mostly stated last.

    Empty if one of them names no day: half a range would be another period.
    """
    bounds, near = [], as_of
    for mention in reversed(run):
        day = as_of if mention.rule.kind == "anchored" else near
        span = mention.rule.resolve(mention.match, day)
        if span is None or (day == as_of and _is_about_to_recur(mention, as_of)):
            return []
        if mention.states_year or is_range(run):
            near = span[1]
        bounds.append(_bounded(mention.lead, span))
    return bounds


def _is_about_to_recur(mention: Mention, as_of: date) -> bool:
    """Whether a day or month without a year comes again within 31 days.

    Of "4 July", asked on 29 June, nobody can say whether it is the last one or the next.
    """
    if mention.states_year or mention.is_relative:
        return False
    resolve, soon = mention.rule.resolve, plus_days(as_of, 31)
    return resolve(mention.match, as_of) != resolve(mention.match, soon)


def _bounded(lead: str, span: Span) -> _Bounds:
    first, last = span
    match lead.split():
        case ["since"]:
            return first, None
        case ["after"]:
            return plus_days(last, 1), None
        case ["before"] | ["prior", _]:
            return None, plus_days(first, -1)
        case ["until" | "till" | "by"] | ["up", _]:
            return None, last
        case ["before", "and", "after"]:
            return None, None
    return span

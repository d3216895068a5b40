"""Where an answer may come from: the days and the outlets that its reader keeps to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from index.errors import DatelineError
from rag.listed import listed
from rag.period import Period, describe, written

MOST_NAMED = 3  # outlets, in an error


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that a question may be answered from; all of them by default.

    A time that the question names is a leaning towards its days; a scope is kept to.

    Attributes:
        first, last: days of publication, both included; None where that end is open.
        outlets: by name; empty for all.

    Raises:
        DatelineError: the first day is after the last.

    >>> print(Scope(date(2020, 6, 1), date(2020, 6, 30), ("Harbour Post",)))
    published 1–30 June 2020, Harbour Post only
    """

    first: date | None = None
    last: date | None = None
    outlets: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise DatelineError(
                f"the window from {written(self.first)} to {written(self.last)} ends before it "
                "begins",
                "exchange the two days",
            )

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.days, self.only]))

    @property
    def has_window(self) -> bool:
        return self.first is not None or self.last is not None

    @property
    def days(self) -> str:
        """`published 1–30 June 2020`, `published since 1 June 2020`; "" for every day."""
        if self.last:
            return f"published {describe(Period(self.first or date.min, self.last, 0, 0))}"
        return f"published since {written(self.first)}" if self.first else ""

    @property
    def only(self) -> str:
        """`Harbour Post only`; "" for every outlet."""
        return f"{listed(self.outlets)} only" if self.outlets else ""

    def holds(self, day: date | None, outlet: str) -> bool:
        """Whether an article of that day is in it; one of unknown day is in no window.

        >>> Scope(first=date(2020, 6, 1)).holds(None, "Harbour Post")
        False
        """
        if self.outlets and outlet not in self.outlets:
            return False
        if not self.has_window:
            return True
        return day is not None and (self.first or day) <= day <= (self.last or day)

    def among(self, outlets: Collection[str]) -> "Scope":
        """The same, its outlets written as these are, whatever the case they were typed in.

        Raises:
            DatelineError: one of them is not among these.

        >>> Scope(outlets=("harbour post",)).among(["Harbour Post"]).outlets
        ('Harbour Post',)
        """
        as_written = {name.casefold(): name for name in outlets if name}
        as_written |= {name: name for name in outlets if name}  # two may differ by case alone
        found = dict.fromkeys(_one_of(as_written, name) for name in self.outlets)
        return replace(self, outlets=tuple(found))


def _one_of(as_written: dict[str, str], name: str) -> str:
    found = as_written.get(name) or as_written.get(name.strip().casefold())
    if found is None:
        near = get_close_matches(name.casefold(), as_written, MOST_NAMED, cutoff=0.5)
        names = list(dict.fromkeys(as_written[one] for one in near))
        some = f"did you mean {listed(names, 'or')}?" if names else "choose one that it has"
        raise DatelineError(f"the archive has no outlet “{name}”", some)
    return found


EVERYTHING = Scope()


def searched(scope: Scope, until: date) -> str:
    """What was searched, as it follows on "published".

    >>> searched(Scope(date(2020, 6, 1), None, ("Harbour Post", "Estuary Record")), date.max)
    'from 1 June 2020 to 31 December 9999 by Harbour Post or Estuary Record'
    """
    return " ".join(_searched(scope, until))


def _searched(scope: Scope, until: date) -> Iterator[str]:
    if scope.first == until:
        yield f"on {written(until)}"
    elif scope.first:
        yield f"from {written(scope.first)} to {written(until)}"
    else:
        yield f"up to {written(until)}"
    if scope.outlets:
        yield f"by {listed(scope.outlets, 'or')}"

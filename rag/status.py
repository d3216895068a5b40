"""What an archive holds, in figures and in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from index.known import INFERRED, STATED
from rag.period import written


@dataclass(frozen=True, slots=True)
class Status:
    """
    Attributes:
        outlets: articles by outlet, most first; "" stands for an unknown outlet.
        first, last: days of the oldest and newest article whose day is known.
        size: bytes on disk.
        known: by field, articles by how they know it (an `Origin`; "" where it is unknown).
        stories: articles that tell one story in nearly the same words count once.
    """

    name: str
    path: str
    articles: int
    passages: int
    outlets: Mapping[str, int]
    first: date | None
    last: date | None
    undated: int
    encoder: str
    size: int
    known: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    stories: int = 0

    def __str__(self) -> str:
        if not self.articles:
            return "This archive is empty. Add articles with `dateline add FOLDER`."
        parts = [f"{_count(self.articles, 'article')} from {self._outlets()}"]
        if self.first and self.last:
            parts.append(f"published from {written(self.first)} to {written(self.last)}")
        if self.undated:
            parts.append(f"{self.undated:,} of them undated")
        return ", ".join(parts) + "."

    @property
    def origins(self) -> list[str]:
        """A line a field: `title     9 stated (the page's markup 9), 1 unknown`."""
        return [f"{name:<10}{_by_certainty(counts)}" for name, counts in self.known.items()]

    def _outlets(self) -> str:
        named = [outlet for outlet in self.outlets if outlet]
        if not named:
            return "unknown outlets"
        shown = ", ".join(named[:3]) + (", \u2026" if len(named) > 3 else "")
        return f"{_count(len(named), 'outlet')} ({shown})"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _by_certainty(counts: Mapping[str, int]) -> str:
    parts = []
    for how, words in (("stated", STATED), ("inferred", INFERRED)):
        here = {words[origin]: n for origin, n in counts.items() if origin in words}
        if here:
            whence = ", ".join(f"{name} {n:,}" for name, n in sorted(here.items()))
            parts.append(f"{sum(here.values()):,} {how} ({whence})")
    if unknown := counts.get("", 0):
        parts.append(f"{unknown:,} unknown")
    return ", ".join(parts)

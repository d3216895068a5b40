"""What an archive holds, in figures and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rag.period import written


@dataclass(frozen=True, slots=True)
class Status:
    """
    Attributes:
        outlets: articles by outlet, most first; "" stands for an unknown outlet.
        first, last: days of the oldest and newest article whose day is known.
        size: bytes on disk.
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

    def _outlets(self) -> str:
        named = [outlet for outlet in self.outlets if outlet]
        if not named:
            return "unknown outlets"
        shown = ", ".join(named[:3]) + (", \u2026" if len(named) > 3 else "")
        return f"{_count(len(named), 'outlet')} ({shown})"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")

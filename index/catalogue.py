"""What is asked of every article at every question, held in memory: days, outlets, versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.store import Store
from index.versions import Reign, reigns


@dataclass(frozen=True)
class Catalogue:
    """The articles of one state of the archive; the next has a catalogue of its own."""

    _days: Mapping[str, date | None]
    _outlets: Mapping[str, str]
    _reigns: Mapping[str, Reign]

    @classmethod
    def of(cls, store: Store) -> "Catalogue":
        rows = store.catalogue()
        return cls(
            {one: day for one, day, _ in rows},
            {one: outlet for one, _, outlet in rows},
            reigns(store.versions()),
        )

    def holds(self, article_id: str) -> bool:
        return article_id in self._days

    @property
    def ids(self) -> Sequence[str]:
        """Of every article."""
        return list(self._days)

    def day(self, article_id: str) -> date | None:
        """Day of publication; None if unknown."""
        return self._days.get(article_id)

    @property
    def days(self) -> Sequence[date | None]:
        """Day of publication of every article."""
        return list(self._days.values())

    @property
    def newest(self) -> date | None:
        return max((day for day in self._days.values() if day), default=None)

    def newest_first(self, undated: bool = False) -> list[str]:
        """The ids of all articles, the undated ones last and of one day the last added first.

        Args:
            undated: give those alone whose day is unknown.
        """
        kept = [(day, one) for one, day in self._days.items() if not (undated and day)]
        kept.reverse()
        kept.sort(key=lambda pair: pair[0] or date.min, reverse=True)
        return [one for _, one in kept]

    def outlet(self, article_id: str) -> str:
        """Its name; "" if unknown."""
        return self._outlets.get(article_id, "")

    @property
    def outlets(self) -> frozenset[str]:
        """Those that the archive has articles of; "" stands for an unknown one."""
        return frozenset(self._outlets.values())

    def stands(self, article_id: str, day: date) -> bool:
        """Whether no other version of the report was the newest on that day."""
        reign = self._reigns.get(article_id)
        return reign is None or reign[0] <= day < reign[1]

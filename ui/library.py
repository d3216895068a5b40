"""The archives a visitor may choose among: the sample and those at home, opened when asked for."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from eval.sample import EXAMPLES
from eval.sample import NAME as SAMPLE_NAME
from index import named
from index.errors import DatelineError
from rag.archive import Archive
from ui.chat.archive import Archive as Asked
from ui.which import SAMPLE, open_archive


class Choice(Protocol):
    """What the chat needs of a library; a name is "" for the archive that is open first."""

    @property
    def first(self) -> str: ...
    def open(self, name: str) -> Asked: ...
    def examples(self, name: str) -> Sequence[str]: ...


@dataclass(frozen=True)
class Alone:
    """A library of one."""

    archive: Asked
    questions: Sequence[str] = ()

    @property
    def first(self) -> str:
        return self.archive.status().name

    def open(self, name: str) -> Asked:
        return self.archive

    def examples(self, name: str) -> Sequence[str]:
        return self.questions


class Library:
    """Keeps one `Archive` for each name; threads may share it. Closing it leaves `first` open."""

    def __init__(self, first: Archive, llm: str | None = None) -> None:
        """
        Args:
            first: shown where a visitor names none.
            llm: the address of a language model to write the answers of the others, too.
        """
        self.first = SAMPLE if first.name == SAMPLE_NAME else first.name
        self._llm = llm
        self._archives = {self.first: first}
        self._lock = threading.Lock()

    def open(self, name: str = "") -> Archive:
        """
        Raises:
            DatelineError: there is none of that name, or it cannot be used.
        """
        wanted = name or self.first
        if (archive := self._archives.get(wanted)) is not None:
            return archive
        with self._lock:
            if wanted not in self._archives:
                if wanted not in self.names():
                    raise DatelineError(f"there is no archive “{wanted}” here", "choose another")
                self._archives[wanted] = open_archive(wanted, llm=self._llm)
            return self._archives[wanted]

    def to_change(self, name: str = "") -> Archive:
        """As `open`, for adding and removing.

        Raises:
            DatelineError: also where the archive is not to be changed.
        """
        if self.is_fixed(name):
            cure = "make an archive of your own, and use that"
            raise DatelineError("the sample archive stays as it is", cure)
        return self.open(name)

    def is_fixed(self, name: str = "") -> bool:
        """Whether it is never changed, as the sample is not."""
        return (name or self.first) == SAMPLE

    def create(self, name: str) -> Archive:
        """A new, empty archive at home.

        Raises:
            DatelineError: it is no name, or it is taken.
        """
        wanted = name.strip()
        with self._lock:
            if wanted in self.names():
                raise DatelineError(f"there is already an archive “{wanted}”", "choose it above")
            named.check_new(wanted)
            self._archives[wanted] = open_archive(wanted, create=True, llm=self._llm)
            return self._archives[wanted]

    def names(self) -> Mapping[str, int | None]:
        """How many articles each archive holds, by name; None for the sample until it is made."""
        counts: dict[str, int | None] = {SAMPLE: None, **named.archives()}
        opened = {name: len(archive.days()) for name, archive in [*self._archives.items()]}
        return counts | opened

    def examples(self, name: str = "") -> Sequence[str]:
        """A few questions to begin with."""
        if (name or self.first) == SAMPLE:
            return EXAMPLES
        return self.open(name).examples()

    def close(self) -> None:
        with self._lock:
            for name in self._archives.keys() - {self.first}:
                self._archives.pop(name).close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

"""What the chat needs of an archive; anything with these methods can be asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from index.article import Article
from index.stories import Telling
from rag.answer import Answer, Piece
from rag.scope import EVERYTHING, Scope

Offer = Callable[[], str | None]  # the language model there is at the moment, such as "ollama:NAME"


class Status(Protocol):
    """What an archive holds; `first` and `last` are the days of its oldest and newest article."""

    @property
    def name(self) -> str: ...
    @property
    def articles(self) -> int: ...
    @property
    def outlets(self) -> Mapping[str, int]: ...
    @property
    def first(self) -> date | None: ...
    @property
    def last(self) -> date | None: ...
    @property
    def undated(self) -> int: ...


class Archive(Protocol):
    """Asked from several threads at once."""

    def stream(
        self,
        text: str,
        as_of: date | None = None,
        until: date | None = None,
        history: Sequence[Answer] = (),
        *,
        scope: Scope = EVERYTHING,
    ) -> Iterator[Piece]: ...

    def known(self, scope: Scope) -> Scope:
        """The scope, its outlets named as here; raises DatelineError where there is none such."""
        ...

    def article(self, article_id: str) -> Article: ...

    def story(self, article_id: str) -> list[Telling]: ...

    def status(self) -> Status: ...

    def written_by(self, llm: str) -> "Archive":
        """The same archive, its answers written by a language model."""
        ...

"""The thing a user opens, adds to and asks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Self

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms import LLM

from index.article import Article, Passage
from index.encoder import Encoder
from index.errors import DatelineError
from index.files import Only
from index.home import archive_path
from index.index import Allowed, Index
from index.report import AddReport, OnOutcome, OnProgress, RemoveReport
from index.stories import Telling
from index.verify import VerifyReport
from rag.answer import Answer, Piece
from rag.composer import Composer
from rag.copies import CollapseCopies
from rag.engine import CitedQueryEngine, last
from rag.extract import ExtractiveComposer
from rag.llm import load_llm
from rag.prose.composer import ProseComposer
from rag.question import understand
from rag.reader.model import ReaderModel
from rag.results import SearchResult
from rag.retrieve import DEPTH, ArchiveRetriever
from rag.scope import EVERYTHING, Scope
from rag.small_talk import recognise, reply
from rag.status import Status

TITLES_SHOWN = 3
PASSAGES_AN_ARTICLE = 4  # looked at, so that enough articles are among them

Names = str | Path | Iterable[str | Path]
Day = date | str  # a string is ISO 8601, such as "2020-06-30"


class Archive:
    """News articles that answer questions with cited sentences. Threads may share one.

    >>> with Archive.open("clippings") as archive:
    ...     archive.add(["articles/"])
    ...     print(archive.ask("Why were the gates shut?", as_of="2021-05-30"))
    """

    def __init__(
        self,
        name: str,
        index: Index,
        llm: LLM | None = None,
        reader: ReaderModel | None = None,
    ) -> None:
        self.name = name
        self._index = index
        self._reader = reader
        self._composer: Composer = ExtractiveComposer(index)
        if llm is not None:
            self._composer = ProseComposer(llm, index, otherwise=self._composer)
        self._engine = self.as_query_engine()

    @classmethod
    def open(
        cls,
        where: str | Path,
        encoder: Encoder | None = None,
        create: bool = True,
        llm: LLM | str | None = None,
        reader: ReaderModel | None = None,
    ) -> "Archive":
        """
        Args:
            where: a name ("clippings"), kept in the platform's data directory, or a path
                ("./clippings", or any `Path`).
            encoder: by default the one that the archive was made with.
            create: make it if there is none.
            llm: writes the answers, from the passages found; see `written_by`.
            reader: finds the short answers; by default the one that comes with Dateline.

        Raises:
            DatelineError: there is none, its files cannot be used, it has another encoder, or
                there is no such language model.
        """
        folder = archive_path(where)
        model = _model(llm)
        return cls(folder.name, Index(folder, encoder, create), model, reader)

    def written_by(self, llm: LLM | str) -> "Archive":
        """The same archive, its answers written by a language model; closing one closes both.

        Args:
            llm: any of LlamaIndex's, or an address as `rag.llm.load_llm` takes it: "ollama:NAME"
                or "http://HOST:PORT/v1#NAME".

        Raises:
            DatelineError: there is no such language model.
        """
        return Archive(self.name, self._index, _model(llm), self._reader)

    def add(
        self,
        sources: Names,
        on_progress: OnProgress | None = None,
        columns: Mapping[str, str] | None = None,
        sync: bool = False,
        emptied: bool = False,
        on_outcome: OnOutcome | None = None,
        linked: bool = False,
        only: Only | None = None,
    ) -> AddReport:
        """Add files, folders and addresses of pages or feeds; what is here already changes nothing.

        Args:
            columns: for JSON, CSV and other records, the name of the column of each field that
                is not under a usual name: {"text": "story"}.
            sync: remove the articles of files that have vanished from these folders.
            emptied: even where all of a folder's files have vanished.
            on_outcome: is told what becomes of every file and record.
            linked: fetch the pages that a feed at an address links to.
            only: which files of folders are looked at; all unless given.

        Raises:
            DatelineError: a source does not exist, there is no such field, a folder to keep in
                step with is suddenly empty, the disk is full, or another process writes.
        """
        from index.loaders.web.web import Web

        return self._index.add(
            _several(sources), on_progress, columns, sync, emptied, on_outcome, Web(linked), only
        )

    def remove(self, names: Names) -> RemoveReport:
        """Take out articles: by id, by URL with all its versions, or by file or folder.

        Raises:
            DatelineError: nothing is known by one of these names; then nothing is removed.
        """
        return self._index.remove(_several(names))

    def rebuild(self, on_progress: OnProgress | None = None) -> int:
        """Make the vectors and the words anew from SQLite; the old are used until that is done.

        Returns:
            how many passages they hold.
        """
        return self._index.rebuild(on_progress)

    def verify(self) -> VerifyReport:
        """Check every offset, and that the three stores hold the same."""
        return self._index.verify()

    def ask(
        self,
        text: str,
        as_of: Day | None = None,
        until: Day | None = None,
        history: Sequence[Answer] = (),
        allowed: Allowed | None = None,
        scope: Scope = EVERYTHING,
    ) -> Answer:
        """
        Args:
            as_of: the day the question is asked from; default today. "This week" is its week.
            until: nothing published later is used; default `as_of`.
            history: the answers of the conversation so far, oldest first.
            allowed: which passages may be used; default all.
            scope: the days and outlets to keep to; default all.

        Raises:
            DatelineError: the question is empty or far too long, a day is not a day, or the
                archive has no such outlet.
        """
        return last(self.stream(text, as_of, until, history, allowed, scope))

    def stream(
        self,
        text: str,
        as_of: Day | None = None,
        until: Day | None = None,
        history: Sequence[Answer] = (),
        allowed: Allowed | None = None,
        scope: Scope = EVERYTHING,
    ) -> Iterator[Piece]:
        """As `ask`, in pieces as they come; the last holds the answer."""
        today = _day("as_of", as_of) or date.today()
        question = understand(text, today, _day("until", until), history, self.known(scope))
        talk = recognise(question.text)
        if talk is not None:
            titles = self._index.store.titles(TITLES_SHOWN)
            yield Piece(answer=Answer(question, message=reply(talk, self.status(), titles)))
        else:
            engine = self.as_query_engine(allowed) if allowed else self._engine
            yield from engine.stream(question)

    def search(
        self,
        text: str,
        k: int = 10,
        as_of: Day | None = None,
        until: Day | None = None,
        allowed: Allowed | None = None,
        scope: Scope = EVERYTHING,
    ) -> list[SearchResult]:
        """The k best passages, best first, as an answer is made from them: copies of one report
        once, and the first few in the order that reading gives them."""
        today = _day("as_of", as_of) or date.today()
        question = understand(text, today, _day("until", until), scope=self.known(scope))
        retriever = ArchiveRetriever(self._index, max(k, DEPTH), allowed)
        return list(self._engine_over(retriever).findings(question).results[:k])

    def known(self, scope: Scope) -> Scope:
        """The same scope, its outlets named as the articles name them.

        Raises:
            DatelineError: the archive has none of that name; it says which come near.
        """
        if not scope.outlets:
            return scope
        self._index.refresh()
        return scope.among(self._index.catalogue.outlets)

    def article(self, article_id: str) -> Article:
        """The article that a citation's offsets refer to. Raises DatelineError if there is none."""
        return self._index.article(article_id)

    def story(self, article_id: str) -> list[Telling]:
        """The articles that tell an article's story in nearly the same words, itself too, the first
        published first; each with the figures and names at which it differs from that one.

        Raises DatelineError if there is none of that id."""
        return self._index.story(article_id)

    def articles(self) -> Iterator[Article]:
        """Every article, in the order in which they were added."""
        return self._index.store.articles()

    def newest(self, start: int, count: int, undated: bool = False) -> list[Article]:
        """`count` articles from the `start`-th on, newest first and undated ones last.

        Args:
            undated: of those alone whose day is unknown.
        """
        ids = self._index.catalogue.newest_first(undated)[start : start + count]
        return list(filter(None, map(self._index.store.article, ids)))

    def find(self, words: str, k: int = 50) -> list[SearchResult]:
        """The k articles that best match any of some words, each with its best passage. To ask a
        question see `search`, which also goes by meaning and by time."""
        self._index.refresh()
        hits = self._index.matching(words, PASSAGES_AN_ARTICLE * k, lambda passage: True)
        best: dict[str, tuple[Passage, float]] = {}
        for passage, score in hits:
            best.setdefault(passage.article_id, (passage, score))
        return [
            SearchResult(excerpt, score)
            for passage, score in list(best.values())[:k]
            for excerpt in self._index.excerpts([passage])
        ]

    def days(self) -> Sequence[date | None]:
        """The day of publication of every article; None where it is unknown."""
        return self._index.catalogue.days

    def given_by(self, article_id: str) -> tuple[str, list[str]]:
        """The file, else the address, that gave an article, and the ids of all that it gave.

        Raises DatelineError if there is none of that id."""
        return self._index.given_by(article_id)

    def given(self, file: str) -> list[str]:
        """The ids of the articles that a file gave and that are here."""
        return self._index.store.ids_in(file)

    def examples(self) -> list[str]:
        """A few questions that this archive can answer."""
        titles = self._index.store.titles(TITLES_SHOWN)
        return [f"What is reported on \u201c{title}\u201d?" for title in titles]

    def status(self) -> Status:
        self._index.refresh()
        days = self._index.catalogue.days
        known = [day for day in days if day is not None]
        return Status(
            name=self.name,
            path=str(self._index.folder),
            articles=len(days),
            passages=self._index.store.count_passages(),
            outlets=self._index.store.outlets(),
            first=min(known, default=None),
            last=max(known, default=None),
            undated=len(days) - len(known),
            encoder=self._index.encoder.name,
            stories=self._index.stories.count(),
            size=sum(
                file.stat().st_size for file in self._index.folder.rglob("*") if file.is_file()
            ),
            known=self._index.store.known(),
        )

    def as_retriever(self, allowed: Allowed | None = None) -> BaseRetriever:
        """The retriever of the chain, for use in any LlamaIndex program."""
        return ArchiveRetriever(self._index, allowed=allowed)

    def as_query_engine(self, allowed: Allowed | None = None) -> CitedQueryEngine:
        """The whole chain: `.query(text).metadata["answer"]` is what `ask` gives."""
        return self._engine_over(self.as_retriever(allowed))

    def _engine_over(self, retriever: BaseRetriever) -> CitedQueryEngine:
        copies = [CollapseCopies(self._index.stories.of)]
        return CitedQueryEngine(self._index, retriever, copies, self._composer, self._reader)

    def close(self) -> None:
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _model(llm: LLM | str | None) -> LLM | None:
    return load_llm(llm) if isinstance(llm, str) else llm


def _several(names: Names) -> Iterable[str | Path]:
    return [names] if isinstance(names, str | Path) else names


def _day(name: str, value: Day | None) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise DatelineError(
                f"{name} '{value}' is not a day", "write it as 2020-06-30"
            ) from None
    return value

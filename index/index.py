"""The three stores as one thing: an article goes in once, and is found by meaning and by words."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Self

from index.article import Article, Excerpt, Passage
from index.encoder import Encoder, Vectors, load_encoder
from index.errors import ArchiveUnusable, DatelineError, EncoderUnusable
from index.loaders import Loaded, load
from index.loaders.web import Web, is_address
from index.lock import writing
from index.report import AddReport, OnProgress, Progress
from index.sentences import Span
from index.storage import storage_errors
from index.store import Store
from index.stories import Telling, Told, tellings
from index.stories_store import StoryStore
from index.vectors import VectorIndex
from index.words import WordIndex
from index.writer import Writer

DATABASE = "archive.sqlite"
SIFTED = 64  # times k: to look through more takes longer than to list what is allowed

Hits = list[tuple[Passage, float]]
Allowed = Callable[[Passage], bool]


class Index:
    """A folder holding SQLite, Chroma and Tantivy. Threads may share it; processes may read it
    while one writes."""

    def __init__(self, folder: Path, encoder: Encoder | None = None, create: bool = True) -> None:
        """
        Args:
            encoder: what embeds passages and questions; by default the one the archive was
                made with.

        Raises:
            ArchiveUnusable: there is none and `create` is false, or its files cannot be used.
            EncoderUnusable: the archive was made with another encoder.
        """
        self.folder = folder
        self._refreshing = threading.Lock()
        _check_folder(folder, create)
        with storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self.store = Store(folder / DATABASE)
            self.stories = StoryStore(folder / DATABASE)
            self.encoder = self._settle(encoder)
            self._vectors = VectorIndex(folder / "vectors")
            self._words = WordIndex(folder / "words")
        self._see()

    def _settle(self, encoder: Encoder | None) -> Encoder:
        """The encoder this archive was made with, or is from now on."""
        recorded = self.store.get("encoder")
        if encoder is not None and recorded not in (None, encoder.name):
            raise EncoderUnusable(
                f"{self.folder} was made with the encoder {recorded}, not {encoder.name}",
                "open it without naming an encoder, or add the articles to a new archive",
            )
        encoder = encoder or load_encoder(recorded)
        if recorded is None:
            self.store.put("encoder", encoder.name)
        return encoder

    def _see(self) -> None:
        self._generation = self.store.generation
        self._days = self.store.catalogue()
        self._passages = cache(self.store.all_passages)  # seldom needed: see `nearest`

    def refresh(self) -> None:
        """Notice what another process has committed; one look-up when nothing is new."""
        if self.store.generation == self._generation:
            return
        with self._refreshing:
            if self.store.generation != self._generation:
                self._vectors.reopen()
                self._words.reopen()
                self._see()

    def add(
        self,
        sources: Iterable[str | Path],
        on_progress: OnProgress | None = None,
        web: Web | None = None,
    ) -> AddReport:
        """Add files, folders and addresses of pages or feeds. Interrupted, it loses nothing: the
        next `add` finishes it.

        Args:
            web: how addresses are read.

        Raises:
            DatelineError: a source does not exist, the disk is full, or another process writes.
        """
        # `load` refuses a path that does not exist at once, before anything is added.
        found = [_opened(source, web or Web()) for source in sources]
        began = time.perf_counter()
        with storage_errors(self.folder), writing(self.folder):
            self.refresh()  # writing from a stale view would corrupt Chroma's index
            writer = Writer(self.store, self._vectors, self._words, self.encoder, self.stories)
            try:
                report = writer.add(chain.from_iterable(found), on_progress or _tell_nobody)
            finally:
                self._words.end_writing()
                self._see()
        report.seconds = time.perf_counter() - began
        return report

    def day(self, article_id: str) -> date | None:
        """Day of publication; None if unknown."""
        return self._days.get(article_id)

    def visible(self, article_id: str) -> bool:
        return article_id in self._days

    @property
    def newest(self) -> date | None:
        return max((day for day in self._days.values() if day), default=None)

    @property
    def days(self) -> Sequence[date | None]:
        """Day of publication of every article."""
        return list(self._days.values())

    def nearest(self, vector: Vectors, k: int, allowed: Allowed) -> Hits:
        """The k passages nearest in meaning among those allowed, with their cosines."""
        return self._found(
            lambda wanted: self._vectors.nearest(vector, wanted),
            lambda passages: self._vectors.nearest_of(passages, vector, k),
            k,
            allowed,
        )

    def matching(self, text: str, k: int, allowed: Allowed) -> Hits:
        """The k passages that best match a text's words among those allowed, with BM25 scores."""
        return self._found(
            lambda wanted: self._words.search(text, wanted),
            lambda passages: self._words.search_among(passages, text, k),
            k,
            allowed,
        )

    def _found(
        self,
        of_all: Callable[[int], Hits],
        among: Callable[[Sequence[Passage]], Hits],
        k: int,
        allowed: Allowed,
    ) -> Hits:
        """Fetch more until k are allowed; where few are, list these and search among them."""
        wanted = k
        while wanted <= SIFTED * k:
            with storage_errors(self.folder):
                found = of_all(wanted)
            kept = [hit for hit in found if self.visible(hit[0].article_id) and allowed(hit[0])]
            if len(kept) >= k or len(found) < wanted:
                return kept[:k]
            # Twice what the share of those allowed so far makes likely.
            wanted = 2 * wanted * k // (len(kept) + 1)
        with storage_errors(self.folder):
            passages = self._passages()
        few = list(filter(allowed, passages))
        with storage_errors(self.folder):
            return among(few)

    def article(self, article_id: str) -> Article:
        """Raises DatelineError if there is none of that id."""
        article = self.store.article(article_id)
        if article is None:
            raise DatelineError(
                f"no article '{article_id}' in {self.folder}", "take an id from a citation"
            )
        return article

    def story(self, article_id: str) -> list[Telling]:
        """The articles that tell its story, itself too, the first published first.

        Raises DatelineError if there is none of that id.
        """
        self.article(article_id)
        return tellings([self._told(one) for one in self.stories.members(article_id)])

    def _told(self, article_id: str) -> Told:
        vectors = self._vectors.of(self.store.passages(article_id))
        return Told(self.article(article_id), self.store.sentences(article_id), vectors)

    def excerpts(self, passages: Iterable[Passage]) -> list[Excerpt]:
        """Passages with their text, in the order given; one whose article has left is left out."""
        return list(filter(None, map(self.store.excerpt, passages)))

    def rarity(self, stem: str) -> float:
        """How much a stem tells; see `WordIndex.rarity`."""
        return self._words.rarity(stem)

    def sentences(self, article_id: str) -> list[Span]:
        return self.store.sentences(article_id)

    def close(self) -> None:
        self._vectors.close()
        self.stories.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _opened(source: str | Path, web: Web) -> Iterator[Loaded]:
    if isinstance(source, str) and is_address(source):
        return web.load(source)
    return load(Path(source).expanduser().resolve())


def _tell_nobody(progress: Progress) -> None:
    pass


def _check_folder(folder: Path, create: bool) -> None:
    if (folder / DATABASE).is_file():
        return
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise ArchiveUnusable(
            f"{folder} is not an archive and holds something else",
            "name another folder for the archive",
        )
    if not create:
        raise ArchiveUnusable(
            f"there is no archive at {folder}",
            "make one with `dateline add FOLDER --archive NAME`",
        )

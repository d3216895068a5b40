"""The three stores as one thing: an article goes in once, and is found by meaning and by words."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Self

from index.article import Article, Excerpt, Passage
from index.catalogue import Catalogue
from index.encoder import Encoder, Vectors, load_encoder
from index.errors import ArchiveUnusable, DatelineError, EncoderUnusable
from index.files import Only
from index.folders import VECTORS, WORDS, clear, in_use
from index.gather import Gatherer
from index.lock import writing
from index.rebuild import compact, is_wasteful, rebuild
from index.removal import Named, named
from index.report import AddReport, OnOutcome, OnProgress, RemoveReport
from index.sentences import Span
from index.storage import storage_errors
from index.store import Store
from index.stories import Telling, Told, tellings
from index.stories_store import StoryStore
from index.sync import vanished
from index.vectors import VectorIndex
from index.verify import VerifyReport, verify
from index.words import WordIndex
from index.writer import Writer

if TYPE_CHECKING:
    from index.loaders.web.web import Web

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
            generation = self.store.generation  # before the indexes: see `refresh`
            self._vectors = VectorIndex(self._folder(VECTORS))
            self._words = WordIndex(self._folder(WORDS))
        self._see(generation)

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

    def _folder(self, kind: str) -> Path:
        return self.folder / in_use(self.store, kind)

    def _see(self, generation: int) -> None:
        self.catalogue = Catalogue.of(self.store)
        self._passages = cache(self.store.all_passages)  # seldom needed: see `nearest`
        self._generation = generation

    def refresh(self) -> None:
        """Notice what another process has committed; one look-up when nothing is new."""
        if self.store.generation == self._generation:
            return
        with self._refreshing:
            # Read first: what is committed while the indexes open is seen in another round.
            while (generation := self.store.generation) != self._generation:
                self._reopen()
                self._see(generation)

    def _reopen(self) -> None:
        self._vectors.reopen(self._folder(VECTORS))
        self._words.reopen(self._folder(WORDS))

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        with storage_errors(self.folder), writing(self.folder):
            self.refresh()  # writing from a stale view would corrupt Chroma's index
            clear(self.folder, self.store)
            try:
                gatherer = Gatherer(self.store, self._vectors, self._words, self.stories)
                yield Writer(self.store, self._vectors, self._words, self.encoder, gatherer.gather)
                if is_wasteful(self.store):
                    self._take(compact(self.folder, self.store, self._vectors))
            finally:
                self._words.end_writing()
                self._see(self.store.generation)

    def _take(self, folders: Mapping[str, str]) -> None:
        """Use indexes that were made anew, by readers of other processes, too, and drop the old."""
        self.store.swap(folders)
        self._reopen()
        clear(self.folder, self.store)

    def add(
        self,
        sources: Iterable[str | Path],
        on_progress: OnProgress | None = None,
        columns: Mapping[str, str] | None = None,
        sync: bool = False,
        emptied: bool = False,
        on_outcome: OnOutcome | None = None,
        web: "Web | None" = None,
        only: Only | None = None,
    ) -> AddReport:
        """Add files, folders and addresses of pages or feeds. Interrupted, it loses nothing: the
        next `add` finishes it.

        Args:
            columns: of records, where a field is not under a usual name; see `load`.
            sync: remove the articles of files that have vanished from these folders.
            emptied: even where all of a folder's files have vanished.
            on_outcome: is told what becomes of every file and record.
            web: how addresses are read.
            only: which files of folders are looked at; all unless given.

        Raises:
            DatelineError: a source does not exist, a folder to keep in step with is suddenly
                empty, the disk is full, or another process writes.
        """
        from index.loaders import files, is_address  # and every format; asking needs none

        named = [
            source if is_address(source) else Path(source).expanduser().resolve()
            for source in sources
        ]
        tell, log = on_progress or _tell_nobody, on_outcome or _tell_nobody
        roots = [one for one in named if isinstance(one, Path)]
        gone = vanished(self.store, roots, emptied) if sync else []
        # `files` refuses what does not exist at once, before anything is added.
        found = [files(one, columns, web, only) for one in named]
        began = time.perf_counter()
        with self._writing() as writer:
            report = writer.add(chain.from_iterable(found), tell, log)
            if gone:
                report.removed = writer.forget(gone, log)
        report.seconds = time.perf_counter() - began
        return report

    def remove(self, names: Iterable[str | Path]) -> RemoveReport:
        """Take out articles: by id, by URL with all its versions, or by file or folder.

        Raises:
            DatelineError: nothing is known by one of these names; then nothing is removed.
        """
        wanted = Named()
        for name in names:
            wanted += named(self.store, name)
        with self._writing() as writer:
            return writer.remove(wanted)

    def rebuild(self, on_progress: OnProgress | None = None) -> int:
        """Make both indexes anew from SQLite; until that is done, the old ones are used.

        Returns:
            how many passages they hold.
        """
        tell = on_progress or _tell_nobody
        with self._writing() as writer:
            self._take(rebuild(self.folder, self.store, self.encoder, tell))
            writer.settle(tell)
        return self.store.count_passages()

    def verify(self) -> VerifyReport:
        """Check every offset, and that the three stores hold the same.

        Raises:
            ArchiveInUse: another process is writing.
        """
        with storage_errors(self.folder), writing(self.folder):
            self.refresh()
            return verify(self.store, self._vectors, self._words)

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
            kept = [
                hit for hit in found if self.catalogue.holds(hit[0].article_id) and allowed(hit[0])
            ]
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

    def given_by(self, article_id: str) -> tuple[str, list[str]]:
        """The file, else the address, that gave an article, and all articles that it gave.

        Raises DatelineError if there is none of that id.
        """
        for path in self.store.holders(article_id):
            return path, [one for one in self.store.ids_in(path) if self.catalogue.holds(one)]
        source = self.article(article_id).source
        return source, self.store.ids_at(source)

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

    def rarest(self, text: str) -> float:
        """How much the rarest of a text's stems tells."""
        return self._words.rarest(text)

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


def _tell_nobody(news: object) -> None:
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

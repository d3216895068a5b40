"""Taking articles in: first to SQLite, then to both indexes, a batch at a time.

Reading comes first and is fast, so that embedding, which is slow, knows how much there is to do.
Whatever a crash leaves half done is `arriving` or `leaving` in SQLite, and the next writer ends it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.ahead import ahead
from index.article import Article, Passage
from index.batches import batched
from index.encoder import Encoder, Vectors
from index.errors import UnreadableSource
from index.files import FileRead
from index.intake import Arrival, Intake
from index.passages import encoded_text
from index.removal import Named
from index.report import AddReport, OnOutcome, OnProgress, Outcome, Progress, RemoveReport
from index.store import Store
from index.vectors import VectorIndex
from index.words import WordIndex

if TYPE_CHECKING:
    from index.loaders import Found

ARTICLES_A_TRANSACTION = 200
ARTICLES_A_COMMIT = 64  # both indexes are committed together, a few seconds of embedding apart
PASSAGES_A_BATCH = 256  # written together; also one step of the progress bar

Pairs = Sequence[tuple[Article, Passage]]


class _Part(NamedTuple):
    """Some passages of a batch of articles, and whether it begins and ends with them."""

    pairs: Pairs
    batch: Sequence[str]
    first: bool
    last: bool


class Writer:
    """Used by one thread of one process at a time, which holds the archive's write lock."""

    def __init__(
        self,
        store: Store,
        vectors: VectorIndex,
        words: WordIndex,
        encoder: Encoder,
        gather: Callable[[Sequence[str] | None], None] = lambda among: None,
    ) -> None:
        """
        Args:
            gather: gives stories to those of these articles, or of all, that are newly ready.
        """
        self._store = store
        self._vectors = vectors
        self._words = words
        self._encoder = encoder
        self._gather = gather

    def add(
        self, found: Iterable["Found | UnreadableSource"], tell: OnProgress, log: OnOutcome
    ) -> AddReport:
        if self._has_lost_passages():
            self._store.readmit()
        report = AddReport()
        intake = Intake(self._store, report, tell, log)
        for batch in batched(intake.read(found), ARTICLES_A_TRANSACTION):
            arrivals = [one for one in batch if isinstance(one, Arrival)]
            reads = [one for one in batch if isinstance(one, FileRead)]
            report.replaced += self._store.stage(arrivals, reads)
        report.passages = self.settle(tell)
        self._gather(None)  # also those of an archive that had no stories yet
        return report

    def forget(self, paths: Sequence[str], log: OnOutcome) -> int:
        """Take out what only these files gave; returns how many articles that was."""
        removed = self._store.release(paths)
        for path in paths:
            log(Outcome(path, "removed"))
        self._leave()
        return removed

    def remove(self, wanted: Named) -> RemoveReport:
        self.settle(lambda progress: None)  # what an interruption left is no part of the report
        files = {path for one in wanted.ids for path in self._store.holders(one)} | {*wanted.paths}
        held = {one for path in wanted.paths for one in self._store.ids_in(path)}
        self._store.remove(wanted.ids)
        self._store.release(wanted.paths)
        leaving = list(filter(None, map(self._store.article, self._store.ids("leaving"))))
        titles = {article.id: article.heading for article in leaving}
        self._leave()
        still_there = tuple(sorted(path for path in files if Path(path).exists()))
        return RemoveReport(titles, len(held - titles.keys()), still_there)

    def settle(self, tell: OnProgress) -> int:
        """Bring in what is arriving and take out what is leaving.

        The encoder works on while what it has made is written and gathered into stories, which
        leave a core idle.

        Returns:
            how many passages came in.
        """
        total, done = self._store.count_passages("arriving"), 0
        for part, vectors in ahead(lambda part: self._encode(part.pairs), self._arriving()):
            if part.first:
                self._words.remove(part.batch)  # what an interrupted commit may have left
            self._put(part.pairs, vectors)
            done += len(part.pairs)
            tell(Progress("embedding", done, total))
            if part.last:
                self._words.commit()
                self._store.finish(arrived=part.batch)
                self._gather(part.batch)
        self._leave()
        return total

    def _arriving(self) -> Iterator[_Part]:
        for batch in batched(self._store.ids("arriving"), ARTICLES_A_COMMIT):
            parts = list(batched(self._passages_of(batch), PASSAGES_A_BATCH)) or [()]
            for at, pairs in enumerate(parts, start=1):
                yield _Part(pairs, batch, first=at == 1, last=at == len(parts))

    def embed(self, ids: Iterable[str]) -> Iterator[int]:
        """Write the passages of these articles into both indexes; gives how many at a time."""
        for pairs, vectors in ahead(
            self._encode, batched(self._passages_of(ids), PASSAGES_A_BATCH)
        ):
            self._put(pairs, vectors)
            yield len(pairs)

    def _has_lost_passages(self) -> bool:
        """An index was deleted or restored from an older copy: SQLite knows better."""
        return min(self._vectors.count(), self._words.count()) < self._store.count_passages()

    def _passages_of(self, ids: Iterable[str]) -> Iterator[tuple[Article, Passage]]:
        for article_id in ids:
            article = self._store.article(article_id)
            if article is not None:
                yield from ((article, passage) for passage in self._store.passages(article_id))

    def _encode(self, pairs: Pairs) -> Vectors:
        return self._encoder.encode([encoded_text(*pair) for pair in pairs])

    def _put(self, pairs: Pairs, vectors: Vectors) -> None:
        if not pairs:
            return
        articles, cut = zip(*pairs, strict=True)
        self._vectors.put(cut, [article.day for article in articles], vectors)
        texts = [article.text[passage.start : passage.end] for article, passage in pairs]
        self._words.put(cut, [article.title for article in articles], texts)

    def _leave(self) -> None:
        """Take leaving articles out of both indexes, then forget them."""
        leaving = self._store.ids("leaving")
        if not leaving:
            return
        passages = [one for article_id in leaving for one in self._store.passages(article_id)]
        self._vectors.remove(passages)
        self._words.remove(leaving)
        self._words.commit()
        self._store.finish(left=leaving, slots=len(passages))

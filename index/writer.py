"""Taking articles in: first to SQLite, then to both indexes, a batch at a time.

Reading comes first and is fast, so that embedding, which is slow, knows how much there is to do.
Whatever a crash leaves half done is `arriving` or `leaving` in SQLite, and the next `add` ends it.
"""

from collections.abc import Iterable, Iterator, Sequence

from index.article import Article, Passage
from index.batches import batched
from index.encoder import Encoder
from index.errors import UnreadableSource
from index.gather import Gatherer
from index.passages import encoded_text, passages
from index.report import AddReport, OnProgress, Progress
from index.sentences import Span, sentences
from index.store import Store
from index.stories_store import StoryStore
from index.vectors import VectorIndex
from index.words import WordIndex

ARTICLES_A_TRANSACTION = 200
ARTICLES_A_COMMIT = 64  # both indexes are committed together, a few seconds of embedding apart
PASSAGES_A_BATCH = 256  # written together; also one step of the progress bar


class Writer:
    """Used by one thread of one process at a time, which holds the archive's write lock."""

    def __init__(
        self,
        store: Store,
        vectors: VectorIndex,
        words: WordIndex,
        encoder: Encoder,
        stories: StoryStore,
    ) -> None:
        self._store = store
        self._vectors = vectors
        self._words = words
        self._encoder = encoder
        self._gatherer = Gatherer(store, vectors, words, stories)

    def add(self, found: Iterable[Article | UnreadableSource], tell: OnProgress) -> AddReport:
        if self._has_lost_passages():
            self._store.readmit()
        report = AddReport()
        fresh = self._fresh(found, report, tell)
        for batch in batched(fresh, ARTICLES_A_TRANSACTION):
            added, replaced = self._store.stage(batch)
            report.added += added
            report.replaced += replaced
        report.passages = self._arrive(tell)
        self._leave()
        self._gatherer.gather()  # also those of an archive that had no stories yet
        return report

    def _has_lost_passages(self) -> bool:
        """An index was deleted or restored from an older copy: SQLite knows better."""
        return min(self._vectors.count(), self._words.count()) < self._store.count_passages()

    def _fresh(
        self, found: Iterable[Article | UnreadableSource], report: AddReport, tell: OnProgress
    ) -> Iterator[tuple[Article, list[Span], list[Passage]]]:
        """The articles that are new, with their sentences and passages."""
        seen: set[str] = set()
        for article in found:
            if isinstance(article, UnreadableSource):
                report.skipped.append(article)
                continue
            if article.id in seen or self._store.is_known(article.id):
                report.unchanged += 1
            else:
                seen.add(article.id)
                report.dates[article.published_how] += 1
                spans = sentences(article.text, article.blocks)
                yield article, spans, passages(article, spans)
            tell(Progress("reading", len(seen) + report.unchanged, None))

    def _arrive(self, tell: OnProgress) -> int:
        """Bring every arriving article into both indexes; returns how many passages that was."""
        total, done = self._store.count_passages("arriving"), 0
        for batch in batched(self._store.ids("arriving"), ARTICLES_A_COMMIT):
            self._words.remove(batch)  # what an interrupted commit may have left
            for pairs in batched(self._passages_of(batch), PASSAGES_A_BATCH):
                self._put(pairs)
                done += len(pairs)
                tell(Progress("embedding", done, total))
            self._words.commit()
            self._store.finish(arrived=batch)
            self._gatherer.gather()
        return total

    def _passages_of(self, ids: Iterable[str]) -> Iterator[tuple[Article, Passage]]:
        for article_id in ids:
            article = self._store.article(article_id)
            if article is not None:
                yield from ((article, passage) for passage in self._store.passages(article_id))

    def _put(self, pairs: Sequence[tuple[Article, Passage]]) -> None:
        articles, cut = zip(*pairs, strict=True)
        vectors = self._encoder.encode([encoded_text(*pair) for pair in pairs])
        self._vectors.put(cut, [article.day for article in articles], vectors)
        texts = [article.text[passage.start : passage.end] for article, passage in pairs]
        self._words.put(cut, [article.title for article in articles], texts)

    def _leave(self) -> None:
        """Take leaving articles out of both indexes, then forget them."""
        leaving = self._store.ids("leaving")
        if not leaving:
            return
        for article_id in leaving:
            self._vectors.remove(self._store.passages(article_id))
        self._words.remove(leaving)
        self._words.commit()
        self._store.finish(left=leaving)

"""Gathering articles into stories as they arrive: each is compared with a few that may be like it.

How long that takes does not depend on how many are here: runs of words and the nearest vectors name
the few, and only those are read.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, islice

from index.batches import batched
from index.shingles import Runs
from index.store import Store
from index.stories import APART, Likeness, Told, days_apart
from index.stories_store import StoryStore
from index.vectors import VectorIndex
from index.words import WordIndex

KEPT = 16  # one run of so many is looked up, the same ones in every article
NEAREST = 40  # passages of other articles, nearest to an article's first
NEAR = 0.6  # their cosine at least; a rewrite has .7
A_TRANSACTION = 64  # articles; what is interrupted costs no more, and goes on with the next `add`
COMPARED = 6  # articles at most by their words, and as many by their vectors


class Gatherer:
    """Used by one thread of one process at a time, as `Writer` is."""

    def __init__(
        self, store: Store, vectors: VectorIndex, words: WordIndex, stories: StoryStore
    ) -> None:
        self._store = store
        self._vectors = vectors
        self._stories = stories
        self._told = lru_cache(maxsize=256)(self._read)
        self._rarity = lru_cache(maxsize=10_000)(words.rarest)

    def gather(self, among: Sequence[str] | None = None) -> None:
        """Give every article that is ready its story.

        Args:
            among: only these; by default all.
        """
        for batch in batched(self._stories.waiting(among), A_TRANSACTION):
            with self._stories.transaction():
                for article_id in batch:
                    self._place(article_id)

    def _place(self, article_id: str) -> None:
        told = self._told(article_id)
        runs = sampled(told.runs)
        alike = []
        for other in self._candidates(told, runs):
            found = Likeness(told, self._told(other), self._rarity)
            if found.is_one_story:
                alike.append((found.score, self._stories.story(other)))
        stories = dict.fromkeys(story for _, story in sorted(alike, reverse=True))
        self._stories.put(article_id, list(stories), runs)

    def _candidates(self, told: Told, runs: Sequence[int]) -> list[str]:
        by_words = self._recent(told, self._stories.sharing(runs))
        by_meaning = self._recent(told, self._nearest(told))
        return list(dict.fromkeys(chain(by_words, by_meaning)))

    def _recent(self, told: Told, ids: Sequence[str]) -> list[str]:
        """The first of them that are of the same days, or undated."""
        day, days = told.article.day, self._stories.days(ids)
        near = (
            one
            for one in ids
            if one in days and days_apart(day, days[one]) <= APART and one != told.article.id
        )
        return list(islice(near, COMPARED))

    def _nearest(self, told: Told) -> list[str]:
        if not len(told.vectors):
            return []
        hits = self._vectors.nearest(told.vectors[0], NEAREST)
        return list(dict.fromkeys(p.article_id for p, cosine in hits if cosine >= NEAR))

    def _read(self, article_id: str) -> Told:
        article = self._store.article(article_id)
        assert article is not None  # it is ready, and only this thread removes any
        vectors = self._vectors.of(self._store.passages(article_id))
        return Told(article, self._store.sentences(article_id), vectors)


def sampled(runs: Runs) -> list[int]:
    """Hashes of some of the runs, the same ones wherever they stand; of 64 bits, as SQLite's are.

    What share of one article's sample another has is what share of its runs it has: Pierce and
    others, Large-scale sequence comparisons with sourmash, 2019, https://doi.org/10.12688/f1000research.19675.1
    """
    hashes = (hashlib.blake2b(" ".join(run).encode(), digest_size=8).digest() for run in runs)
    numbers = (int.from_bytes(digest, signed=True) for digest in hashes)
    return [number for number in numbers if number % KEPT == 0]

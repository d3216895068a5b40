"""How many pairs a way of grouping gets right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.benchmarks.stories import ARTICLES, Labelled, Pair, pairs
from index.encoder import Encoder
from index.index import Index
from index.shingles import overlap, shingles

Grouped = Callable[[Pair], bool]
Likeness = Callable[[Pair], float]


@dataclass(frozen=True)
class Measure:
    """Of pairs: those put together, of these those that are one story, and all that are."""

    together: int
    right: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.together if self.together else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.together + self.wanted)


def measure(of: Sequence[Pair], grouped: Grouped) -> Measure:
    together = [pair for pair in of if grouped(pair)]
    right = sum(pair.is_one_story for pair in together)
    return Measure(len(together), right, sum(pair.is_one_story for pair in of))


def by_archive(folder: Path, encoder: Encoder) -> tuple[Grouped, Index]:
    """As an archive groups them that is given all of them; it is the caller's to close."""
    index = Index(folder, encoder)
    index.add([ARTICLES])
    story = index.stories.story
    return (lambda pair: story(pair.one.article.id) == story(pair.other.article.id)), index


def by_words(of: Sequence[Labelled]) -> Grouped:
    """Lexical only: the share of the smaller article's runs of words that the other has."""
    runs = {one.name: shingles(one.article.text) for one in of}
    return _above_best(of, lambda pair: overlap(runs[pair.one.name], runs[pair.other.name]))


def by_vectors(of: Sequence[Labelled], encoder: Encoder) -> Grouped:
    """Embedding only: the cosine of title and text, as far as the encoder reads."""
    vectors = encoder.encode([f"{one.article.title}\n{one.article.text}" for one in of])
    rows = dict(zip((one.name for one in of), vectors, strict=True))
    return _above_best(of, lambda pair: float(np.dot(rows[pair.one.name], rows[pair.other.name])))


def _above_best(of: Sequence[Labelled], likeness: Likeness) -> Grouped:
    """With the threshold that has the best F1 on the half for tuning."""
    tuning = pairs(of, "tune")

    def f1(threshold: float) -> float:
        return measure(tuning, lambda pair: likeness(pair) >= threshold).f1

    best = max(map(likeness, tuning), key=f1)
    return lambda pair: likeness(pair) >= best

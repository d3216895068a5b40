"""A large archive in minutes: real articles, then copies with other words and vectors nearby.

A copy has the sentences and passages of its original at the same offsets. A quarter of its words
are others of the same length, so that it does not pass for a print of the same report, and each
vector lies about as far from the original's as two reports of one event do from each other.
"""

import random
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np

from eval.benchmarks.speed.workload import Cut
from index.article import Passage
from index.batches import batched
from index.encoder import Encoder, Vectors
from index.index import Index
from index.passages import encoded_text
from index.report import Progress

NOISE = 0.5  # length of what is added to a unit vector: the cosine becomes about 0.9
REPLACED = 0.25  # share of the words
ARTICLES_A_TRANSACTION = 200

_WORD = re.compile(r"\b[a-z]{4,}\b")


def build(
    folder: Path,
    originals: Sequence[Cut],
    size: int,
    encoder: Encoder,
    tell: Callable[[Progress], None] | None = None,
) -> "Nearby":
    """Make an archive of exactly `size` passages in `folder`, to be opened with `encoder`.

    Returns:
        what embedded it, which knows the vector of each of its passages.
    """
    nearby = Nearby(encoder, originals)
    with Index(folder, nearby) as index:
        for batch in batched(_trimmed(_copies(originals, nearby), size), ARTICLES_A_TRANSACTION):
            index.store.stage(batch)
        index.add([], tell)  # brings in whatever is staged
    return nearby


class Nearby:
    """Stands in for an encoder: an original's passage gets its vector, a copy's one close to it."""

    def __init__(self, encoder: Encoder, originals: Sequence[Cut]) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        texts = [encoded_text(article, passage) for article, _, cut in originals for passage in cut]
        self._row = {text: row for row, text in enumerate(texts)}
        self._originals = frozenset(texts)
        self._vectors = encoder.encode(texts)

    def learn(self, copied: Cut, original: Cut) -> None:
        """A copy's passages will be asked for."""
        for passage, source in zip(copied[2], original[2], strict=True):
            row = self._row[encoded_text(original[0], source)]
            self._row.setdefault(encoded_text(copied[0], passage), row)

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts]).astype(np.float32)

    def _vector(self, text: str) -> Vectors:
        vector: Vectors = self._vectors[self._row[text]]
        if text in self._originals:
            return vector
        noise = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(self.dimension)
        moved = vector + NOISE * noise / np.linalg.norm(noise)
        return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


def _copies(originals: Sequence[Cut], nearby: Nearby) -> Iterator[Cut]:
    """The originals, then one copy of each, then another of each, without end."""
    yield from originals
    words = _words(originals)
    for number in count(1):
        for original in originals:
            copied = _copy(original, number, words)
            nearby.learn(copied, original)
            yield copied


def _copy(original: Cut, number: int, words: Mapping[int, Sequence[str]]) -> Cut:
    article, spans, cut = original
    chance = random.Random(f"{article.id} {number}")

    def other(match: re.Match[str]) -> str:
        return chance.choice(words[len(match[0])]) if chance.random() < REPLACED else match[0]

    # With a URL of its own it is another article even where no word could be replaced.
    copied = replace(article, text=_WORD.sub(other, article.text), url=f"{article.url}#{number}")
    return copied, spans, [Passage(copied.id, passage.start, passage.end) for passage in cut]


def _words(originals: Sequence[Cut]) -> Mapping[int, Sequence[str]]:
    """Running words by length, repeats and all: a common word is drawn as often as it is used."""
    found: dict[int, list[str]] = defaultdict(list)
    for article, _, _ in originals:
        for word in _WORD.findall(article.text):
            found[len(word)].append(word)
    return found


def _trimmed(cuts: Iterator[Cut], size: int) -> Iterator[Cut]:
    """Of these, so many that there are exactly `size` passages."""
    left = size
    for article, spans, cut in cuts:
        yield article, spans, cut[:left]
        left -= len(cut[:left])
        if not left:
            return

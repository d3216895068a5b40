"""From a model's logits to the spans that may answer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.reader.inputs import Input

LONGEST = 24  # tokens of a short answer
SPANS = 10  # kept of a passage

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """
    Attributes:
        start, end: characters of the passage's text.
        score: start and end logit together.
    """

    start: int
    end: int
    score: float


def best_spans(one: Input, starts: Logits, ends: Logits) -> list[ScoredSpan]:
    """The spans of the passage with the highest scores, best first. None is cut within a word or a
    number, and none runs over a line's end, where one paragraph or item of a list meets the next.

    Args:
        starts, ends: one logit a token of the input.
    """
    size = len(one.offsets)
    body = slice(one.first, one.first + size)
    first = np.arange(size)[:, None]  # token of a span; its last, in a row for each first one:
    last = first + np.arange(LONGEST)[None, :]
    outside = last >= size
    last[outside] = 0
    scores = starts[body][:, None] + ends[body][last]
    lines = np.array(one.lines)
    goes_on = np.equal(one.words[1:], one.words[:-1])  # a word, from each token to the next
    cut = np.append(False, goes_on)[:, None] | np.append(goes_on, False)[last]
    scores[outside | cut | (lines[:, None] != lines[last])] = -np.inf
    flat = scores.ravel()
    best = np.argpartition(-flat, min(SPANS, flat.size - 1))[:SPANS]
    best = best[np.argsort(-flat[best], kind="stable")]
    return [
        ScoredSpan(
            *one.span_of(one.first + at // LONGEST, one.first + int(last.flat[at])),
            float(flat[at]),
        )
        for at in map(int, best)
        if flat[at] > -np.inf
    ]


def nothing(starts: Logits, ends: Logits) -> float:
    """The score of there being no answer: a span of `[CLS]` alone, as in SQuAD 2.0."""
    return float(starts[0] + ends[0])

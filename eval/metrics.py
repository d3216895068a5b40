"""How well one answer, or one list of passages, did. Pure functions; shares run from 0 to 1.

A measure of nothing is None, never 0: "no case asks for this" is not "every case failed".
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from rag.wording import normalise, stands_in


def exact_match(answer: str, golds: Iterable[str]) -> float:
    """1.0 if the answer is an expected one, else 0.0 (Rajpurkar et al. 2016, section 6.1)."""
    return float(normalise(answer) in {normalise(gold) for gold in golds})


def f1(answer: str, golds: Iterable[str]) -> float:
    """The best overlap of words with an expected answer (Rajpurkar et al. 2016, section 6.1)."""
    return max(
        (_overlap(normalise(answer).split(), normalise(g).split()) for g in golds), default=0.0
    )


def _overlap(answer: list[str], gold: list[str]) -> float:
    """The harmonic mean of precision and recall, 2c / (|answer| + |gold|) for c words in common.

    Where either has no words left, only another without words matches it, as SQuAD 2.0 has it.
    """
    if not (answer and gold):
        return float(answer == gold)
    return 2 * (Counter(answer) & Counter(gold)).total() / (len(answer) + len(gold))


def contains(text: str, golds: Iterable[str]) -> float:
    """1.0 if an expected answer stands in the text as whole words, both normalised, else 0.0.

    >>> contains("They met on 9 June.", ["June 9", "9 June"]), contains("On 19 June.", ["9 June"])
    (1.0, 0.0)
    """
    return float(stands_in(normalise(text), golds))


def first(right: Iterable[bool]) -> int | None:
    """The rank, from 1, of the first that is right; None if none is."""
    return next((rank for rank, it_is in enumerate(right, start=1) if it_is), None)


def hit_at(rank: int | None, k: int) -> float:
    """1.0 if the first right passage is among the first k. Ranks count from 1; None: not found."""
    return float(rank is not None and rank <= k)


def reciprocal_rank(rank: int | None) -> float:
    """1 / rank of the first right passage, 0.0 if not found (Voorhees, TREC-8, 1999)."""
    return 1 / rank if rank else 0.0


def ranking(rank: int | None, depths: Iterable[int]) -> dict[str, float]:
    """`hit_at` every depth, and the reciprocal rank, by the names they are reported under."""
    return {f"hit@{k}": hit_at(rank, k) for k in depths} | {"mrr": reciprocal_rank(rank)}


def mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The value below which `percent` (0 to 100) of the values lie, interpolated.

    Definition 7 of Hyndman and Fan 1996 (https://doi.org/10.2307/2684934), as in numpy and R.
    """
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below = math.floor(place)
    above = math.ceil(place)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(values: Sequence[float]) -> float | None:
    return percentile(values, 50)

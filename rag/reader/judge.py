"""How sure is the first proposal? A logistic function of a few signs, fitted on what came true.

Fitted by `python -m eval.benchmarks.realtimeqa.calibration` on RealTimeQA 2022 and 2023:
each answerable question as it is, and with every passage that holds the answer withheld.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from index.words import stems
from rag.answer import Kind
from rag.expected import offers
from rag.read import Rarity, coverage
from rag.reader.agree import Proposal
from rag.results import SearchResult
from rag.wording import holds, normalise


@dataclass(frozen=True, slots=True)
class Signs:
    """
    Attributes:
        strength, belief: of the first proposal.
        margin: of its heaviest mention.
        covered: share of the question's rarity that the passage of this mention holds.
        widest: the largest such share of any passage read.
        retrieval: score of the passage found first.
        holding: logarithm of how many passages read hold the proposal's words.
        sentence: score of the sentence that states it.
        fits: 1 if its words are of the form that the question asks for.
    """

    strength: float
    belief: float
    margin: float
    covered: float
    widest: float
    retrieval: float
    holding: float
    sentence: float
    fits: float


WEIGHTS = Signs(
    strength=0.194,
    belief=2.340,
    margin=0.086,
    covered=1.010,
    widest=0.100,
    retrieval=2.500,
    holding=0.762,
    sentence=0.377,
    fits=0.342,
)
BIAS = -7.632


def signs(
    kind: Kind,
    first: Proposal,
    sentence: float,
    read: Sequence[SearchResult],
    rarity: Rarity,
) -> Signs:
    """
    Args:
        sentence: score of the sentence that states the first proposal.
        read: the passages read, best first by retrieval.
    """
    covered = {
        result.passage: coverage(rarity, set(stems(f"{result.excerpt.title} {result.text}")))
        for result in read
    }
    holding = sum(holds(normalise(result.text), first.words) for result in read)
    return Signs(
        strength=first.strength,
        belief=first.belief,
        margin=first.best.margin,
        covered=covered[first.best.excerpt.passage],
        widest=max(covered.values()),
        retrieval=read[0].score,
        holding=math.log(max(holding, 1)),
        sentence=sentence,
        fits=float(offers(first.wording, kind)),
    )


def probability(seen: Signs) -> float:
    """That the archive says what is asked, and that the first proposal is what it says."""
    weighed = sum(w * x for w, x in zip(astuple(WEIGHTS), astuple(seen), strict=True))
    return 1 / (1 + math.exp(-(weighed + BIAS)))

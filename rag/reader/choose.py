"""Which proposal? What the model marked, and what else speaks for its words.

The model sees one passage at a time. How many of the passages found hold a proposal's words,
marked there or not, whether headlines do, and whether they name such a thing as is asked for, it
does not see; of proposals that it believes alike, these tell which is right. The weights are those
of a conditional logit on RealTimeQA 2022 and 2023: `python -m eval.benchmarks.realtimeqa.choice`.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

from index.encoder import Encoder
from index.index import Index
from rag.answer import Question
from rag.rank import timeliness
from rag.reader.agree import Proposal
from rag.reader.form import noun_asked
from rag.results import SearchResult
from rag.wording import holds, normalise

WEIGHED = 10  # proposals, the heaviest; lighter ones are seldom right
HOLDING = 20  # passages, the first found, in which words are looked for
HEADLINES = 10  # the same of their titles
LONG = 5  # words; most short answers have fewer


@dataclass(frozen=True, slots=True)
class Merits:
    """What speaks for a proposal, beside the others of its question.

    Attributes:
        strength: logarithm of its mentions' weights together.
        holding: logarithm of how many passages hold its words, and one.
        headlines: logarithm of how many titles do, and one.
        timely: how near the time asked about the timeliest passage that holds them is, 0 to 1.
        kind: their cosine to the noun asked for, the "airline" of "which airline"; 0 without one.
        within: the share of all weights that proposals with more words around these have.
        long: 1 if it has LONG words or more.
        rare: the rarity of the rarest of its words in the archive, 1 for one that stands nowhere:
            names that stand everywhere are found everywhere.
    """

    strength: float
    holding: float
    headlines: float
    timely: float
    kind: float
    within: float
    long: float
    rare: float


WEIGHTS = Merits(
    strength=1.477,
    holding=0.732,
    headlines=0.917,
    timely=1.227,
    kind=3.388,
    within=-2.191,
    long=-2.349,
    rare=0.939,
)


def choose(
    question: Question,
    proposals: Sequence[Proposal],
    found: Sequence[SearchResult],
    index: Index,
) -> list[Proposal]:
    """The heaviest proposals, most believed first; their beliefs sum to 1.

    Args:
        proposals: as `agree` gives them, heaviest first.
        found: the passages found, best first by retrieval; those that were not read as well.
    """
    weighed = proposals[:WEIGHED]
    beliefs = _shares([_worth(one) for one in merits(question, weighed, found, index)])
    chosen = [
        replace(proposal, belief=belief) for proposal, belief in zip(weighed, beliefs, strict=True)
    ]
    return sorted(chosen, key=lambda proposal: -proposal.belief)


def merits(
    question: Question,
    proposals: Sequence[Proposal],
    found: Sequence[SearchResult],
    index: Index,
) -> list[Merits]:
    """Those of each proposal."""
    texts = [normalise(result.text) for result in found[:HOLDING]]
    near = [timeliness(result.excerpt.day, question) for result in found[:HOLDING]]
    titles = [normalise(result.excerpt.title) for result in found[:HEADLINES]]
    shares = _shares([proposal.strength for proposal in proposals])
    kinds = _kinds(question, proposals, index.encoder)
    unheard = index.rarity("")  # of a word that stands nowhere

    def of(proposal: Proposal, kind: float) -> Merits:
        words = proposal.words
        timely = [day for text, day in zip(texts, near, strict=True) if holds(text, words)]
        wider = (
            share
            for other, share in zip(proposals, shares, strict=True)
            if other.words != words and holds(other.words, words)
        )
        return Merits(
            strength=proposal.strength,
            holding=math.log1p(len(timely)),
            headlines=math.log1p(sum(holds(title, words) for title in titles)),
            timely=max(timely, default=0.0),
            kind=kind,
            within=sum(wider),
            long=float(len(words.split()) >= LONG),
            rare=index.rarest(proposal.wording) / unheard,
        )

    return [of(proposal, kind) for proposal, kind in zip(proposals, kinds, strict=True)]


def _kinds(question: Question, proposals: Sequence[Proposal], encoder: Encoder) -> list[float]:
    noun = noun_asked(question.standalone)
    if noun is None or not proposals:
        return [0.0] * len(proposals)
    vectors = encoder.encode([noun, *(proposal.wording for proposal in proposals)])
    return [float(cosine) for cosine in vectors[1:] @ vectors[0]]


def _worth(merit: Merits) -> float:
    return float(sum(w * x for w, x in zip(astuple(WEIGHTS), astuple(merit), strict=True)))


def _shares(logs: Sequence[float]) -> list[float]:
    """Exponentials, as shares of their sum."""
    top = max(logs, default=0.0)
    weights = [math.exp(one - top) for one in logs]
    return [weight / sum(weights) for weight in weights]

"""Passages in the order of what they are worth after reading."""

from collections.abc import Sequence
from dataclasses import replace

from rag.reader.agree import Proposal
from rag.results import SearchResult
from rag.wording import holds, normalise

# What retrieval is worth beside belief; tuned on RealTimeQA 2022 and 2023 (docs/reader.md).
RETRIEVAL = 2.0


def order(found: Sequence[SearchResult], proposals: Sequence[Proposal]) -> list[SearchResult]:
    """Best first: a passage is worth the belief in all the proposals that its words hold.

    Whichever passage a proposal was read in, every passage that has it gains: the reader may not
    have seen it there.

    Args:
        found: best first by retrieval; those that were not read as well.

    Returns:
        the same with these worths as scores.
    """
    top = (found[0].score if found else 0.0) or 1.0

    def worth(result: SearchResult) -> float:
        text = normalise(result.text)
        held = (proposal.belief for proposal in proposals if holds(text, proposal.words))
        return sum(held) + RETRIEVAL * result.score / top

    weighed = [replace(result, score=worth(result)) for result in found]
    return sorted(weighed, key=lambda result: result.score, reverse=True)

"""What reading the passages found has come to."""

from dataclasses import dataclass

from rag.read import Candidate
from rag.reader.agree import Proposal
from rag.reader.judge import Signs, probability
from rag.results import SearchResult


@dataclass(frozen=True, slots=True)
class Findings:
    """
    Attributes:
        results: the passages found, best first.
        candidates: sentences of the first of them, best first; where there are proposals, the
            first states the first of these.
        proposals: short answers, most believed first; none where a question asks for more.
        signs: that the first proposal is right.
    """

    results: tuple[SearchResult, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    signs: Signs | None = None

    @property
    def confidence(self) -> float | None:
        """From 0 to 1, how likely the first proposal is right; None without one."""
        return probability(self.signs) if self.signs else None

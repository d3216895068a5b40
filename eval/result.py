"""What became of one case of the suite."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from eval.cases import Case
from eval.score import MEASURES
from rag.answer import Answer


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case.

    Attributes:
        rank: of the first passage found that holds evidence, from 1; None if none did.
        scores: by measure; those that do not apply are absent.
        milliseconds: from asking to the whole answer, without the questions before it.
    """

    case: Case
    answer: Answer
    rank: int | None
    scores: Mapping[str, float]
    milliseconds: float

    @property
    def faults(self) -> tuple[str, ...]:
        """What a person should look at; empty if the case went well."""
        return tuple(self._faults())

    def _faults(self) -> Iterator[str]:
        if self.scores.get("abstained") == 0:
            yield "answered what the archive does not say"
        if self.scores.get("answered") == 0:
            yield "abstained"
        else:
            if self.scores.get("contains") == 0:
                yield "does not say what was expected"
            if self.scores.get("evidence_hit") == 0:
                yield "does not cite the evidence"
        if self.scores.get("citation_validity", 1) < 1:
            yield "quotes what its article does not say there"

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.case.id,
            "kind": self.case.kind,
            "question": self.case.question,
            "expected": list(self.case.answers),
            "answer": self.answer.text,
            "short_answer": self.answer.short_answer,
            "abstained": self.answer.abstained,
            "citations": [asdict(citation) for citation in self.answer.citations],
            "nearest": [asdict(citation) for citation in self.answer.nearest],
            "rank": self.rank,
            "scores": {name: self.scores.get(name) for name in MEASURES},
            "faults": list(self.faults),
            "milliseconds": round(self.milliseconds, 1),
        }

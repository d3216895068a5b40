"""What turns the sentences and passages found into an answer."""

from collections.abc import Iterator
from typing import Protocol

from rag.answer import Piece, Question
from rag.findings import Findings


class Composer(Protocol):
    """Writes the answer to a question that the archive seems to answer."""

    def write(self, question: Question, findings: Findings) -> Iterator[Piece]:
        """The answer as it is made; the last piece holds it, without timings.

        Args:
            findings: with at least one sentence.
        """
        ...

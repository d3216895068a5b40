"""What turns the sentences and passages found into an answer."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from index.article import Excerpt
from rag.answer import Piece, Question
from rag.read import Candidate


class Composer(Protocol):
    """Writes the answer to a question that the archive seems to answer."""

    def write(
        self, question: Question, excerpts: Sequence[Excerpt], candidates: Sequence[Candidate]
    ) -> Iterator[Piece]:
        """The answer as it is made; the last piece holds it, without timings.

        Args:
            excerpts: the passages found, best first.
            candidates: their sentences, best first; at least one.
        """
        ...

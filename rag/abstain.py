"""When not to answer: nothing found is near enough to what was asked."""

from collections.abc import Sequence

from rag.answer import Question
from rag.period import written
from rag.read import Candidate

# Score of the best sentence. It keeps out what the archive is not about at all; no cut of it tells
# what is there from what is near: docs/decisions/reading-without-a-model.md.
ENOUGH = 0.5


def says_nothing(candidates: Sequence[Candidate]) -> bool:
    return not candidates or candidates[0].score < ENOUGH


def why(question: Question, holds: int, nearest: int) -> str:
    """What is said in place of an answer.

    Args:
        holds: articles in the archive.
        nearest: passages there are to show.
    """
    if not holds:
        return "This archive is empty. Add articles with `dateline add FOLDER`."
    until = written(question.until)
    if not nearest:
        return f"The archive has nothing on this that was published up to {until}."
    return f"The archive does not say: nothing published up to {until} answers this."

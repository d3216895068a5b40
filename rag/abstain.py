"""When not to answer: nothing found is near enough to what was asked."""

from collections.abc import Sequence

from rag.answer import Question
from rag.read import Candidate

# Tuned on RealTimeQA 2022 and 2023: `python -m eval.benchmarks.reading`.
ENOUGH = 0.5  # score of the best sentence


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
    until = f"{question.until.day} {question.until:%B %Y}"
    if not nearest:
        return f"The archive has nothing on this that was published up to {until}."
    return f"The archive does not say: nothing published up to {until} answers this."

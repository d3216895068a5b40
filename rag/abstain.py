"""When not to answer, and what is said then."""

from collections.abc import Sequence

from index.article import Excerpt
from rag.answer import Answer, Question
from rag.cite import cite
from rag.period import written
from rag.read import Candidate

# Score of the best sentence. It keeps out what the archive is not about at all; no cut of it tells
# what is there from what is near: docs/decisions/reading-without-a-model.md.
ENOUGH = 0.5
NEAREST = 3  # passages shown when abstaining


def says_nothing(candidates: Sequence[Candidate]) -> bool:
    """Nothing found is near enough to what was asked."""
    return not candidates or candidates[0].score < ENOUGH


def abstention(question: Question, excerpts: Sequence[Excerpt], holds: int) -> Answer:
    """No answer, but the nearest passages.

    Args:
        excerpts: the passages found, best first.
        holds: articles in the archive.
    """
    nearest = tuple(
        cite(number, excerpt, (excerpt.passage.start, excerpt.passage.end), excerpt.text)
        for number, excerpt in enumerate(excerpts[:NEAREST], start=1)
    )
    message = _why(question, holds, len(nearest))
    return Answer(question, abstained=True, message=message, nearest=nearest)


def _why(question: Question, holds: int, nearest: int) -> str:
    if not holds:
        return "This archive is empty. Add articles with `dateline add FOLDER`."
    until = written(question.until)
    if not nearest:
        return f"The archive has nothing on this that was published up to {until}."
    return f"The archive does not say: nothing published up to {until} answers this."

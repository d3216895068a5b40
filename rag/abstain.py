"""When not to answer, and what is said then."""

from rag.answer import Answer, Question
from rag.cite import cite
from rag.findings import Findings
from rag.scope import EVERYTHING, searched

# Of a short answer. A higher one keeps more of what is not there out, and on small archives too
# much of what is there, asked in other words (docs/reader.md has both).
SURE = 0.01
# Score of the best sentence, where a question asks for more than a few words. It keeps out what the
# archive is not about at all; no cut of it tells what is there from what is near:
# docs/decisions/reading-without-a-model.md.
ENOUGH = 0.5
NEAREST = 3  # passages shown when abstaining


def says_nothing(findings: Findings) -> bool:
    """Nothing found is near enough to what was asked."""
    if not findings.candidates:
        return True
    if findings.confidence is not None:
        return findings.confidence < SURE
    return findings.candidates[0].score < ENOUGH


def abstention(question: Question, findings: Findings, holds: int) -> Answer:
    """No answer, but the nearest passages.

    Args:
        holds: articles in the archive.
    """
    nearest = tuple(
        cite(number, near.excerpt, (near.passage.start, near.passage.end), near.text)
        for number, near in enumerate(findings.results[:NEAREST], start=1)
    )
    message = _why(question, holds, len(nearest))
    return Answer(question, abstained=True, message=message, nearest=nearest)


def _why(question: Question, holds: int, nearest: int) -> str:
    if not holds:
        return "This archive is empty. Add articles with `dateline add FOLDER`."
    where = searched(question.scope, question.until)
    only = "" if question.scope == EVERYTHING else " Nothing else was searched."
    if not nearest:
        return f"The archive has nothing on this that was published {where}.{only}"
    return f"The archive does not say: nothing published {where} answers this.{only}"

"""When not to answer, and what is said then."""

from index.index import Index
from rag.answer import Answer, Question
from rag.cite import cite
from rag.findings import Findings
from rag.lacking import looked_for, why_not
from rag.period import written
from rag.scope import EVERYTHING, searched

# Of a short answer. A higher one keeps more of what is not there out, and on small archives too
# much of what is there, asked in other words (docs/reader.md has both).
SURE = 0.02
# Score of the best sentence. It keeps out what the archive is not about at all; no cut of it tells
# what is there from what is near: docs/decisions/reading-without-a-model.md.
ENOUGH = 0.5
NEAREST = 3  # passages shown when abstaining


def says_nothing(findings: Findings) -> bool:
    """Nothing found is near enough to what was asked: no short answer, and no sentence."""
    if not findings.candidates:
        return True
    sure = findings.confidence is not None and findings.confidence >= SURE
    return not sure and findings.candidates[0].score < ENOUGH


def abstention(question: Question, findings: Findings, index: Index) -> Answer:
    """No answer, but the nearest passages, and why they give none."""
    found = findings.results[:NEAREST]
    nearest = tuple(
        cite(number, near.excerpt, (near.passage.start, near.passage.end), near.text)
        for number, near in enumerate(found, start=1)
    )
    return Answer(
        question,
        abstained=True,
        message=_why(question, len(index.catalogue.days), len(nearest)),
        nearest=nearest,
        why_not=tuple(why_not(question, near.excerpt, index) for near in found),
        looked_for=looked_for(question),
        notes=_later(question, index),
    )


def _why(question: Question, holds: int, nearest: int) -> str:
    if not holds:
        return "This archive is empty. Add articles with `dateline add FOLDER`."
    where = searched(question.scope, question.until)
    only = "" if question.scope == EVERYTHING else " Nothing else was searched."
    if not nearest:
        return f"The archive has nothing on this that was published {where}.{only}"
    return f"The archive does not say: nothing published {where} answers this.{only}"


def _later(question: Question, index: Index) -> tuple[str, ...]:
    later = sum(1 for day in index.catalogue.days if day and day > question.until)
    if not later:
        return ()
    count = "1 article" if later == 1 else f"{later:,} articles"
    return (f"{count} published after {written(question.until)} left out.",)

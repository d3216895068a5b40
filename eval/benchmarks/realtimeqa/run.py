"""Ask an archive one year's questions: as they are, and with the answer withheld."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from time import perf_counter
from typing import Protocol

from eval.benchmarks.realtimeqa.questions import QuizQuestion
from eval.metrics import contains, exact_match, f1, first, ranking
from eval.score import validity
from index.article import Article, Passage
from index.index import Allowed
from rag.answer import Answer
from rag.question import kind_of
from rag.results import SearchResult

DEPTH = 50  # passages looked at
DEPTHS = (1, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class QuizResult:
    """
    Attributes:
        rank: of the first passage that holds an answer, from 1; None if none of DEPTH does.
        scores: measures from 0 to 1; one that does not apply is absent.
        milliseconds: for the whole answer, asked once.
    """

    question: QuizQuestion
    kind: str
    answer: Answer
    rank: int | None
    milliseconds: float
    scores: dict[str, float] = field(default_factory=dict)


class Asked(Protocol):
    """What the benchmark needs of an archive."""

    def search(
        self, text: str, k: int, as_of: date, until: date, *, allowed: Allowed | None = None
    ) -> Sequence[SearchResult]: ...

    def ask(
        self, text: str, as_of: date, until: date, *, allowed: Allowed | None = None
    ) -> Answer: ...

    def article(self, article_id: str) -> Article: ...


def run(
    archive: Asked, questions: Iterable[QuizQuestion], allowed: Allowed | None = None
) -> Iterator[QuizResult]:
    """
    Args:
        allowed: which passages may be used at all; every one unless given.
    """
    without = withholder(archive)
    for question in questions:
        days = question.asked, question.until
        found = archive.search(question.text, DEPTH, *days, allowed=allowed)
        rank = first(contains(hit.text, question.answers) == 1.0 for hit in found)
        began = perf_counter()
        answer = archive.ask(question.text, *days, allowed=allowed)
        milliseconds = (perf_counter() - began) * 1000
        result = QuizResult(question, kind_of(question.text), answer, rank, milliseconds)
        valid = validity([*answer.citations, *answer.nearest], archive.article)
        if valid is not None:
            result.scores["citation_validity"] = valid
        if question.label == "answerable":
            result.scores.update(ranking(rank, DEPTHS), **_said(answer, question.answers))
            withheld = archive.ask(question.text, *days, allowed=without(question, allowed))
            result.scores["abstained_absent"] = float(withheld.abstained)
        else:
            result.scores["abstained_unanswerable"] = float(answer.abstained)
        yield result


def _said(answer: Answer, golds: tuple[str, ...]) -> dict[str, float]:
    short = answer.short_answer or ""
    return {
        "em": exact_match(short, golds) if short else 0.0,
        "f1": f1(short, golds) if short else 0.0,
        "contains": contains(short, golds),
        "stated": max((contains(s.text, golds) for s in answer.statements), default=0.0),
        "answered_present": float(not answer.abstained),
    }


def withholder(archive: Asked) -> Callable[[QuizQuestion, Allowed | None], Allowed]:
    """What puts every passage that holds a question's answer out of reach, besides those that are
    so already."""

    @cache
    def text(article_id: str) -> str:
        return archive.article(article_id).text

    def without(question: QuizQuestion, allowed: Allowed | None) -> Allowed:
        def others(passage: Passage) -> bool:
            if allowed is not None and not allowed(passage):
                return False
            held = text(passage.article_id)[passage.start : passage.end]
            return contains(held, question.answers) == 0.0

        return others

    return without

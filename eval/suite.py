"""Ask an archive every case, and note what came of it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from time import perf_counter
from typing import Protocol

from eval.cases import Case
from eval.locate import Span, locate, overlaps
from eval.metrics import first
from eval.report import Report
from eval.result import CaseResult
from eval.score import score, validity
from index.article import Article, Passage
from rag.answer import Answer

_DEPTH = 50  # passages searched for evidence


class Found(Protocol):
    """A search result."""

    @property
    def passage(self) -> Passage: ...


class Asked(Protocol):
    """What the suite needs of an archive."""

    def ask(
        self, text: str, *, as_of: date | None, until: date | None, history: list[Answer]
    ) -> Answer: ...

    def search(
        self, text: str, *, k: int, as_of: date | None, until: date | None
    ) -> Sequence[Found]: ...

    def article(self, article_id: str) -> Article: ...

    def articles(self) -> Iterable[Article]: ...


def run(
    archive: Asked,
    cases: Sequence[Case],
    on_case: Callable[[CaseResult], object] = lambda result: None,
) -> Report:
    """Ask each case in turn, telling `on_case` of each as it is done.

    Raises:
        DatelineError: the archive does not have a sentence that a case rests on.
    """
    places = locate(cases, archive.articles())
    results = []
    for case in cases:
        evidence = [span for piece in case.evidence for span in places[piece]]
        results.append(_result(archive, case, evidence))
        on_case(results[-1])
    return Report(fingerprint(cases, archive.articles()), tuple(results))


def fingerprint(cases: Sequence[Case], articles: Iterable[Article]) -> str:
    """The SHA-256 of what is asked and of what: the cases, and the articles as they were read.

    Article ids hash content, so the same files read in another way are another corpus.
    """
    content = [[asdict(case) for case in cases], sorted(article.id for article in articles)]
    return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()


def _result(archive: Asked, case: Case, evidence: Sequence[Span]) -> CaseResult:
    day, until = case.as_of, case.until
    history: list[Answer] = []
    for question in case.history:
        history += [archive.ask(question, as_of=day, until=until, history=history)]
    started = perf_counter()
    answer = archive.ask(case.question, as_of=day, until=until, history=history)
    milliseconds = (perf_counter() - started) * 1000
    rank = _rank(archive, case, answer.question.standalone, evidence)
    scores = score(case, answer, rank, evidence)
    valid = validity([*answer.citations, *answer.nearest], archive.article)
    if valid is not None:
        scores["citation_validity"] = valid
    return CaseResult(case, answer, rank, scores, milliseconds)


def _rank(archive: Asked, case: Case, question: str, evidence: Sequence[Span]) -> int | None:
    """The rank of the first passage found, from 1, that overlaps the evidence."""
    if not evidence:
        return None
    found = archive.search(question, k=_DEPTH, as_of=case.as_of, until=case.until)
    return first(overlaps(hit.passage, evidence) for hit in found)

"""Where the evidence of the cases stands in an archive."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from eval.cases import Case, Evidence
from index.article import Article
from index.errors import DatelineError


class Placed(Protocol):
    """Anything that is a span of an article: a passage, a citation."""

    @property
    def article_id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of one article's text."""

    article_id: str
    start: int
    end: int


def locate(cases: Sequence[Case], articles: Iterable[Article]) -> dict[Evidence, list[Span]]:
    """Every place of every piece of evidence.

    Raises:
        DatelineError: a sentence is nowhere in the file that its case names, so the cases no
            longer fit the archive.
    """
    wanted = {evidence for case in cases for evidence in case.evidence}
    places: defaultdict[Evidence, list[Span]] = defaultdict(list)
    for article in articles:
        path = PurePath(article.path).as_posix()
        for evidence in (e for e in wanted if e.article == article.id or _is_file(path, e.article)):
            places[evidence] += _occurrences(evidence.sentence, article)
    for case in cases:
        for evidence in case.evidence:
            if not places[evidence]:
                raise _misfit(case, evidence)
    return dict(places)


def overlaps(placed: Placed, spans: Iterable[Span]) -> bool:
    """Whether it shares at least one character with one of the spans."""
    return any(
        placed.article_id == span.article_id and placed.start < span.end and span.start < placed.end
        for span in spans
    )


def _is_file(path: str, name: str) -> bool:
    """Whether a path ends in a file's name, with as many of its folders as the name gives."""
    return f"/{path}".endswith(f"/{name}")


def _occurrences(sentence: str, article: Article) -> Iterator[Span]:
    # An article may break a line inside a sentence; who writes a case does not see where.
    pattern = r"\s+".join(map(re.escape, sentence.split()))
    for match in re.finditer(pattern, article.text):
        yield Span(article.id, match.start(), match.end())


def _misfit(case: Case, evidence: Evidence) -> DatelineError:
    return DatelineError(
        f"case {case.id!r} rests on a sentence that the archive does not have in "
        f"{evidence.article!r}: {evidence.sentence!r}",
        "add that file to the archive, or mend the case",
    )

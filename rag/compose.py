"""An extractive answer: the few sentences that say it, in reading order, none said twice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from index.index import Index
from index.sentences import Span
from index.words import stems
from rag.read import Candidate
from rag.verify import unsupported

MOST_SENTENCES = 5
MOST_CHOSEN = 4  # leaves room for a sentence that one of them needs before it
KEEP = 0.85  # of the best score; below it a sentence is about something else
SAME = 0.6  # of the stems of two sentences together, shared: they say the same

_OPENS_WITH_PRONOUN = re.compile(
    r"^\W*(he|she|they|it|we|this|that|these|those|his|her|hers|their|its|such|both|"
    r"(the|a) (move|decision|announcement|statement|latter|former|pair))\b",
    re.I,
)


@dataclass
class Line:
    """A sentence chosen for the answer, and who else says it."""

    chosen: Candidate
    span: Span
    text: str
    seconded_by: list[Candidate] = field(default_factory=list)


def compose(candidates: Sequence[Candidate], index: Index, best_first: bool = False) -> list[Line]:
    """Two to five lines from the best candidates; fewer only where nothing else is of the matter.

    Args:
        best_first: begin with the best candidate, whatever comes before it in its article.
    """
    lines = _choose(candidates)
    if len(lines) == 1:
        lines += _second_best(lines[0], candidates) or _next_sentence(lines[0], index)
    for line in list(lines):
        if len(lines) < MOST_SENTENCES:
            lines += _sentence_before(line, lines, index)
    if best_first:
        return [lines[0], *_in_reading_order(lines[1:])]
    return _in_reading_order(lines)


def _choose(candidates: Sequence[Candidate]) -> list[Line]:
    lines: list[Line] = []
    for candidate in candidates:
        if candidate.score < KEEP * candidates[0].score:
            break
        twin = next((line for line in lines if says_the_same(line.text, candidate.text)), None)
        if twin is not None:
            _second(twin, candidate)
        elif len(lines) < MOST_CHOSEN:
            lines.append(Line(candidate, (candidate.start, candidate.end), candidate.text))
    return lines


def _second_best(line: Line, candidates: Sequence[Candidate]) -> list[Line]:
    """The next candidate that says something else with one of its words, however far behind."""
    words = set(stems(line.text))
    near = (c for c in candidates[1:] if not words.isdisjoint(stems(c.text)))
    others = (c for c in near if not says_the_same(line.text, c.text))
    return [Line(c, (c.start, c.end), c.text) for c in islice(others, 1)]


def _second(line: Line, candidate: Candidate) -> None:
    """Another article bears the line out, if it has every number, name and quotation of it."""
    articles = {c.excerpt.passage.article_id for c in (line.chosen, *line.seconded_by)}
    if candidate.excerpt.passage.article_id not in articles and not unsupported(
        line.text, [candidate.text]
    ):
        line.seconded_by.append(candidate)


def says_the_same(one: str, other: str) -> bool:
    """Whether two sentences have most of their words in common."""
    some, others = set(stems(one)), set(stems(other))
    return bool(some) and len(some & others) >= SAME * len(some | others)


def _sentence_before(line: Line, lines: Sequence[Line], index: Index) -> list[Line]:
    if not _OPENS_WITH_PRONOUN.match(line.text):
        return []
    return _neighbour(line, lines, index, step=-1)


def _next_sentence(line: Line, index: Index) -> list[Line]:
    return _neighbour(line, [line], index, step=1) or _neighbour(line, [line], index, step=-1)


def _neighbour(line: Line, lines: Sequence[Line], index: Index, step: int) -> list[Line]:
    """The sentence before or after a line in its article, unless it is there or there is none."""
    article_id = line.chosen.excerpt.passage.article_id
    spans = index.sentences(article_id)
    here = next((n for n, span in enumerate(spans) if span[0] <= line.span[0] < span[1]), None)
    if here is None or not 0 <= here + step < len(spans):
        return []
    span = spans[here + step]
    taken = [other.span for other in lines if _article(other) == article_id]
    text = index.article(article_id).text[span[0] : span[1]]
    if span in taken or any(says_the_same(text, other.text) for other in lines):
        return []
    return [Line(line.chosen, span, text)]


def _in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The article with the best line first; within an article as it is written."""
    first: dict[str, int] = {}
    for place, line in enumerate(lines):
        first.setdefault(_article(line), place)
    return sorted(lines, key=lambda line: (first[_article(line)], line.span))


def _article(line: Line) -> str:
    return line.chosen.excerpt.passage.article_id

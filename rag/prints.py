"""What is cited, as other articles print it; and which citations tell one story."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.article import Excerpt, Passage
from index.index import Index
from rag.answer import Answer, Citation
from rag.cite import cite
from rag.compose import says_the_same
from rag.read import sentences_of
from rag.results import SearchResult

MOST = 8  # of one answer


def with_prints(answer: Answer, found: Sequence[SearchResult], index: Index) -> Answer:
    """The answer with the other prints of what it cites.

    Args:
        found: the passages found, each with those that it stands for.
    """
    known = {citation.article_id for citation in answer.citations}
    prints: list[Citation] = []
    for citation in answer.citations:
        for excerpt in index.excerpts(_copies(citation, found)):
            if len(prints) < MOST and excerpt.passage.article_id not in known:
                number = len(answer.citations) + len(prints) + 1
                same = list(_same(citation, excerpt, number, index))
                known.update(one.article_id for one in same)
                prints += same
    return replace(answer, prints=tuple(prints), stories=_stories(answer, prints, index))


def _copies(citation: Citation, found: Sequence[SearchResult]) -> Iterator[Passage]:
    for result in found:
        passage = result.passage
        inside = passage.start <= citation.start and citation.end <= passage.end
        if passage.article_id == citation.article_id and inside:
            yield from result.copies


def _same(citation: Citation, copy: Excerpt, number: int, index: Index) -> Iterator[Citation]:
    """The sentence of a copy that says what is cited, if one does."""
    for span in sentences_of(copy, index):
        if says_the_same(citation.quote, text := copy.slice(*span)):
            yield cite(number, copy, span, text)
            return


def _stories(
    answer: Answer, prints: Sequence[Citation], index: Index
) -> tuple[tuple[int, ...], ...]:
    # A rival's print may be an update of the very story that it contradicts.
    apart = {citation.number for rival in answer.rivals for citation in rival.citations}
    groups: dict[tuple[bool, str], list[int]] = {}
    for citation in (*answer.citations, *prints):
        rival = citation.number in apart
        told = citation.article_id if rival else index.stories.story(citation.article_id)
        groups.setdefault((rival, told), []).append(citation.number)
    return tuple(map(tuple, groups.values()))

"""Which sentences of a passage bear a statement out?"""

from index.article import Excerpt
from index.index import Index
from index.sentences import Span
from index.words import stems
from rag.read import sentences_of
from rag.verify import unsupported

MOST_SENTENCES = 3  # a reader checks these; more is "somewhere in there"


def bearing(statement: str, excerpt: Excerpt, index: Index) -> Span:
    """The shortest run of sentences with the most of a statement; the passage if none has any.

    What is missing of its numbers, names and quotations counts, and so does every stem; another
    sentence must bring two of them.
    """
    asked = set(stems(statement))
    runs = _runs(sentences_of(excerpt, index))
    best = min(runs, key=lambda run: _missing(statement, asked, excerpt, run), default=None)
    if best is None or not asked & set(stems(excerpt.slice(*best[1]))):
        return excerpt.passage.start, excerpt.passage.end
    return best[1]


def _runs(spans: list[Span]) -> list[tuple[int, Span]]:
    """Runs of neighbouring sentences with their number of sentences, shortest first."""
    return [
        (length, (spans[first][0], spans[first + length - 1][1]))
        for length in range(1, MOST_SENTENCES + 1)
        for first in range(len(spans) - length + 1)
    ]


def _missing(statement: str, asked: set[str], excerpt: Excerpt, run: tuple[int, Span]) -> int:
    length, span = run
    text = excerpt.slice(*span)
    return len(unsupported(statement, [text])) + len(asked - set(stems(text))) + length - 1

"""A model's answer as far as it can be shown."""

from collections.abc import Sequence

from index.article import Excerpt
from index.index import Index
from index.sentences import Span
from index.words import stems
from rag.answer import Citation, Statement
from rag.cite import cite
from rag.prose.bearing import bearing
from rag.prose.prompt import SILENCE
from rag.prose.sentences import Marked
from rag.verify import unsupported

MOST_WORDS = 0.5  # of a statement's stems that its sources must have


class Draft:
    """Takes a model's sentences one by one, and keeps those that name a passage.

    Attributes:
        statements: the sentences kept, with citations numbered from 1 in reading order.
        dropped: how many were left out.
        is_silent: the model said that the passages do not answer.
    """

    def __init__(self, passages: Sequence[Excerpt], index: Index) -> None:
        self.statements: list[Statement] = []
        self.dropped = 0
        self.is_silent = False
        self._passages = passages
        self._index = index
        self._citations: dict[tuple[str, Span], Citation] = {}

    def take(self, sentence: Marked) -> Statement | None:
        """The sentence as a statement, unless it cites nothing or has been said."""
        if sentence.text.startswith(SILENCE.rstrip(".")):
            self.is_silent = True
            return None
        if any(statement.text == sentence.text for statement in self.statements):
            return None
        named = [n for n in sentence.numbers if 1 <= n <= len(self._passages)]
        if not named or not sentence.is_whole:
            self.dropped += 1
            return None
        self.statements.append(self._statement(sentence.text, named))
        return self.statements[-1]

    def _statement(self, text: str, named: Sequence[int]) -> Statement:
        citations = tuple(
            dict.fromkeys(self._citation(text, self._passages[number - 1]) for number in named)
        )
        sources = [f"{citation.quote} {citation.outlet}" for citation in citations]
        return Statement(text, citations, verified=_is_borne_out(text, sources))

    def _citation(self, text: str, passage: Excerpt) -> Citation:
        """One number for one span, however often it is cited."""
        span = bearing(text, passage, self._index)
        key = (passage.passage.article_id, span)
        if key not in self._citations:
            number = len(self._citations) + 1
            self._citations[key] = cite(number, passage, span, passage.slice(*span))
        return self._citations[key]


def _is_borne_out(text: str, sources: Sequence[str]) -> bool:
    """A claim without a name or number in it is checked by its words."""
    said = set(stems(text))
    found = said & set(stems(" ".join(sources)))
    return len(found) >= MOST_WORDS * len(said) and not unsupported(text, sources)

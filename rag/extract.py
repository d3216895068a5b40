"""The default composer: the articles' own sentences."""

from collections.abc import Iterator, Sequence

from index.index import Index
from rag.answer import Piece, Question, Statement
from rag.cite import answer_of, cite
from rag.compose import Line, compose
from rag.findings import Findings
from rag.short import with_short_answer
from rag.verify import unsupported


class ExtractiveComposer:
    """A `Composer` that writes nothing of its own."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def write(self, question: Question, findings: Findings) -> Iterator[Piece]:
        yield Piece(stage="checking")
        lines = compose(findings.candidates, self._index, best_first=bool(findings.proposals))
        statements = []
        for statement in _statements(lines):
            statements.append(statement)
            yield Piece(statement=statement)
        answer = answer_of(question, statements)
        yield Piece(answer=with_short_answer(answer, findings, self._index))


def _statements(lines: Sequence[Line]) -> Iterator[Statement]:
    """Lines as statements, their citations numbered through."""
    number = 0
    for line in lines:
        citations = []
        spans = [(line.chosen.excerpt, line.span, line.text)]
        spans += [(c.excerpt, (c.start, c.end), c.text) for c in line.seconded_by]
        for excerpt, span, quote in spans:
            number += 1
            citations.append(cite(number, excerpt, span, quote))
        verified = not unsupported(line.text, [citation.quote for citation in citations])
        yield Statement(line.text, tuple(citations), verified)

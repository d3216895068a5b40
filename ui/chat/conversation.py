"""A conversation: what was asked, turn by turn, and what became of it.

A citation is addressed by its turn too (`#cite-3-1`), since every answer numbers its own from 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.answer import Answer, Citation, Piece, Stage, Statement
from rag.scope import EVERYTHING, Scope
from ui.keep.model import Kept


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, and its answer as far as it has come.

    Attributes:
        as_of: the day given with the question; None for today.
        stage: what is being done, until there is an answer or a problem.
        done: the stages before it.
        statements: those that have come while the answer is awaited.
        problem: why there will be no answer, in words.
        scope: the days and outlets that the question keeps to.
        kept: where it is kept on disk; None if it is not, or not yet.
    """

    asked: str
    as_of: date | None = None
    stage: Stage = "searching"
    done: tuple[Stage, ...] = ()
    statements: tuple[Statement, ...] = ()
    answer: Answer | None = None
    problem: str = ""
    scope: Scope = EVERYTHING
    kept: Kept | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing more will come."""
        return bool(self.answer or self.problem)

    def after(self, piece: Piece) -> "Turn":
        """This turn, one step of its answer further."""
        if piece.statement:
            return replace(self, statements=(*self.statements, piece.statement))
        if piece.stage:
            done = self.done if piece.stage == self.stage else (*self.done, self.stage)
            return replace(self, stage=piece.stage, done=done, statements=())
        return replace(self, answer=piece.answer)

    @property
    def sources(self) -> Sequence[Citation]:
        """What can be opened from this turn."""
        if self.answer:
            return (*self.answer.citations, *self.answer.prints) or self.answer.nearest
        return [citation for statement in self.statements for citation in statement.citations]


Conversation = tuple[Turn, ...]


def answers(conversation: Conversation) -> list[Answer]:
    """The answers given so far: the history of the next question."""
    return [turn.answer for turn in conversation if turn.answer]


def settled(conversation: Conversation) -> Conversation:
    """The same conversation, waiting for nothing: a last turn cut short says so.

    >>> settled((Turn("Who reopened the sluices?"),))[0].problem
    'This question was stopped before it was answered.'
    """
    if not conversation or conversation[-1].settled:
        return conversation
    problem = "This question was stopped before it was answered."
    return (*conversation[:-1], replace(conversation[-1], problem=problem))


def address(turn: int, citation: Citation) -> str:
    """The link that opens a citation of the `turn`-th question, counted from 1."""
    return f"#cite-{turn}-{citation.number}"

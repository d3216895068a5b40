"""What readers thought of answers, as data; what they found good, as known-answer cases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rag.answer import Answer
from ui.chat.conversation import Conversation
from ui.keep.model import Heading, Kept


@dataclass(frozen=True, slots=True)
class Judgement:
    """A reader's opinion of one answer, with the questions asked before it, oldest first."""

    archive: str
    history: tuple[str, ...]
    answer: Answer
    kept: Kept

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types only."""
        question = self.answer.question
        return {
            "id": f"feedback-{self.kept.turn}",
            "archive": self.archive,
            "question": question.text,
            "as_of": question.as_of.isoformat(),
            "until": question.until.isoformat(),
            "history": list(self.history),
            "thumb": self.kept.thumb,
            "comment": self.kept.comment,
            "at": self.kept.judged,
            "answer": self.answer.to_dict(),
        }

    def to_case(self) -> dict[str, Any] | None:
        """A case as `eval.cases` reads it: the answer that was found good is the known one. None
        for a poor answer, or for one without a short answer to be known by."""
        answer = self.answer
        if self.kept.thumb != "up" or not (answer.abstained or answer.short_answer):
            return None
        told = self.to_dict()
        case = {name: told[name] for name in ("id", "question", "as_of", "until", "history")}
        if answer.abstained:
            return case | {"kind": "unanswerable", "answers": [], "evidence": []}
        evidence = [{"article": c.article_id, "sentence": c.quote} for c in answer.said_by]
        kind = "follow-up" if self.history else "fact"
        return case | {"kind": kind, "answers": [answer.short_answer], "evidence": evidence}


def judgements(kept: Iterable[tuple[Heading, Conversation]]) -> Iterator[Judgement]:
    """Every answer of the conversations on which its reader has an opinion."""
    for heading, turns in kept:
        for number, turn in enumerate(turns):
            if turn.kept and turn.kept.thumb and turn.answer:
                history = tuple(before.asked for before in turns[:number])
                yield Judgement(heading.archive, history, turn.answer, turn.kept)

"""An answer's HTML: the short answer, who gives another, the sentences, the sources."""

from collections.abc import Iterable

from rag.answer import Answer, Citation, Statement
from ui.chat.abstention import abstention
from ui.chat.cards import cards
from ui.chat.conversation import Turn
from ui.chat.numbers import numbers, where
from ui.chat.progress import CHECKED, DOUBTFUL, legend, progress
from ui.chat.render import plain
from ui.keep import actions


def reply(turn: Turn, number: int) -> str:
    """What stands under the `number`-th question, counted from 1, as far as it has come."""
    if turn.problem:
        body = f"<p class='dl-problem' role='alert'>{plain(turn.problem)}</p>"
    elif turn.answer:
        body = _answer(turn.answer, number) + actions.row(turn, number)
    else:
        body = progress(turn) + _prose(turn.statements, number)
    return f"<div class='dl-reply'>{body}</div>"


def _answer(answer: Answer, turn: int) -> str:
    parts = [abstention(answer, turn)] if answer.abstained else _given(answer, turn)
    return "".join([*parts, *(f"<p class='dl-note'>{plain(note)}</p>" for note in answer.notes)])


def _given(answer: Answer, turn: int) -> list[str]:
    return [
        legend(answer),
        _short(answer, turn),
        f"<p class='dl-message'>{plain(answer.message)}</p>" if answer.message else "",
        _rivals(answer, turn),
        _prose(answer.statements, turn),
        cards(answer, turn),
    ]


def _short(answer: Answer, turn: int) -> str:
    if not answer.short_answer:
        return ""
    said = f"{plain(answer.short_answer)}{numbers(answer.said_by, turn)}"
    assurance = plain(" ".join(answer.assurance))
    return f"<p class='dl-short'>{said}</p><p class='dl-assurance'>{assurance}</p>"


def _rivals(answer: Answer, turn: int) -> str:
    """The short answer and the others, side by side."""
    if not answer.rivals:
        return ""
    sides = [(answer.short_answer or "", answer.said_by)]
    sides += [(rival.short_answer, rival.citations) for rival in answer.rivals]
    columns = "".join(_side(said, citations, turn) for said, citations in sides)
    changed = all(rival.changed for rival in answer.rivals)
    heading = "Changed since" if changed else "Reports disagree"
    return f"<h2 class='dl-heading'>{heading}</h2><div class='dl-sides'>{columns}</div>"


def _side(said: str, citations: tuple[Citation, ...], turn: int) -> str:
    places = "".join(f"<span class='dl-where'>{where(c)}</span>" for c in citations)
    return f"<div><p class='dl-rival'>{plain(said)}{numbers(citations, turn)}</p>{places}</div>"


def _prose(statements: Iterable[Statement], turn: int) -> str:
    sentences = " ".join(_statement(statement, turn) for statement in statements)
    return f"<p class='dl-prose'>{sentences}</p>" if sentences else ""


def _statement(statement: Statement, turn: int) -> str:
    cited = numbers(statement.citations, turn)
    if statement.verified:
        return f"{plain(statement.text)}{cited}{CHECKED}"
    return f"<span class='dl-unverified'>{plain(statement.text)}</span>{cited} {DOUBTFUL}"

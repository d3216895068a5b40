"""The chat's HTML: the header, the questions and the answers.

Every text that comes from a person or an article passes through `plain`. A message is one line
that begins with a block tag: the chat reads messages as Markdown, which leaves such a line alone.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from html import escape

from rag.answer import DOUBT, Answer, Citation, Rival, Stage, Statement, day_line
from rag.period import written
from ui.chat.archive import Status
from ui.chat.conversation import Turn, address

STAGES: dict[Stage, str] = {
    "searching": "Searching the archive…",
    "reading": "Reading what was found…",
    "writing": "The language model is writing…",
    "checking": "Checking each sentence against its source…",
}


def plain(text: str) -> str:
    """Text that a page shows as it stands, on one line.

    >>> plain('5 < 6\\n& "so on"')
    '5 &lt; 6 &amp; &quot;so on&quot;'
    """
    return " ".join(escape(text).split())


def header(status: Status, today: date) -> str:
    """The archive's name and what it holds."""
    parts = [f"<h1>{plain(status.name)}</h1>", f"<p>{_holdings(status)}</p>"]
    if status.last and today - status.last > timedelta(days=365):
        stale = f"The newest article here is of {written(status.last)}."
        parts.append(f"<p class='dl-stale'>{stale}</p>")
    return f"<header class='dl-header'>{''.join(parts)}</header>"


def _holdings(status: Status) -> str:
    named = sum(1 for outlet in status.outlets if outlet)
    counts = [_count(status.articles, "article"), _count(named, "outlet")]
    if status.first and status.last:
        counts.append(f"{written(status.first)} – {written(status.last)}")
    if status.undated:
        counts.append(f"{status.undated:,} undated")
    return " · ".join(counts)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def welcome() -> str:
    """What an empty conversation shows."""
    return (
        "<div class='dl-welcome'><p>Ask about what was reported.</p><p>Every sentence of an answer "
        "rests on the words of an article: click its number to read them there.</p></div>"
    )


def nothing_to_ask() -> str:
    """What an empty archive shows."""
    return (
        "<div class='dl-welcome'><p>There is nothing to ask yet.</p>"
        "<p>Drop articles on the page “What it holds”, or add a folder of them from a shell, "
        "then load this page again:</p>"
        "<pre><code>dateline add FOLDER</code></pre></div>"
    )


def warning(text: str) -> str:
    """A remark beside a field; nothing if there is nothing to remark."""
    return f"<p class='dl-warning' role='alert'>{plain(text)}</p>" if text else ""


def question(turn: Turn) -> str:
    day = f" <span class='dl-as-of'>as of {written(turn.as_of)}</span>" if turn.as_of else ""
    return f"<div class='dl-question'>{plain(turn.asked)}{day}</div>"


def reply(turn: Turn, number: int) -> str:
    """What stands under the `number`-th question, counted from 1, as far as it has come."""
    if turn.problem:
        body = f"<p class='dl-problem' role='alert'>{plain(turn.problem)}</p>"
    elif turn.answer:
        body = _answer(turn.answer, number)
    else:
        stage = f"<p class='dl-stage' role='status'>{STAGES[turn.stage]}</p>"
        body = _prose(turn.statements, number) + stage
    return f"<div class='dl-reply'>{body}</div>"


def _answer(answer: Answer, turn: int) -> str:
    return "".join(
        [
            _short(answer, turn),
            f"<p class='dl-message'>{plain(answer.message)}</p>" if answer.message else "",
            _prose(answer.statements, turn),
            *(_rival(rival, turn) for rival in answer.rivals),
            _sources(answer.citations, turn, "Sources"),
            _sources(answer.nearest, turn, "Nearest passages"),
            *(f"<p class='dl-note'>{plain(note)}</p>" for note in answer.notes),
        ]
    )


def _short(answer: Answer, turn: int) -> str:
    if not answer.short_answer:
        return ""
    return f"<p class='dl-short'>{plain(answer.short_answer)}{_numbers(answer.said_by, turn)}</p>"


def _rival(rival: Rival, turn: int) -> str:
    where = plain(", ".join(_where(rival.citations[0])))
    said = f"<strong>{plain(rival.short_answer)}</strong>{_numbers(rival.citations, turn)}"
    return f"<p class='dl-rival'>Other reports say: {said} ({where}).</p>"


def _prose(statements: Iterable[Statement], turn: int) -> str:
    sentences = " ".join(_statement(statement, turn) for statement in statements)
    return f"<p class='dl-prose'>{sentences}</p>" if sentences else ""


def _statement(statement: Statement, turn: int) -> str:
    numbers = _numbers(statement.citations, turn)
    if statement.verified:
        return f"{plain(statement.text)}{numbers}"
    doubt = f"<span class='dl-doubt'>{DOUBT}</span>"
    return f"<span class='dl-unverified'>{plain(statement.text)}</span>{numbers} {doubt}"


def _numbers(citations: Iterable[Citation], turn: int) -> str:
    return "".join(_number(citation, turn) for citation in citations)


def _number(citation: Citation, turn: int) -> str:
    where = plain(", ".join(_where(citation)))
    link = address(turn, citation)
    return f"<a class='dl-cite' href='{link}' title='{where}'>{citation.number}</a>"


def _sources(citations: Iterable[Citation], turn: int, heading: str) -> str:
    rows = "".join(f"<li>{_source(citation, turn)}</li>" for citation in citations)
    if not rows:
        return ""
    return f"<h2 class='dl-heading'>{heading}</h2><ol class='dl-sources'>{rows}</ol>"


def _source(citation: Citation, turn: int) -> str:
    title = f"<span class='dl-title'>{plain(citation.title)}</span>" if citation.title else ""
    return (
        f"<a class='dl-source' href='{address(turn, citation)}'>"
        f"<span class='dl-number'>{citation.number}</span>"
        f"<span class='dl-where'>{plain(' · '.join(_where(citation)))}</span>{title}"
        f"<span class='dl-quote'>“{plain(citation.quote)}”</span></a>"
    )


def _where(citation: Citation) -> list[str]:
    return [part for part in (citation.outlet, day_line(citation)) if part]

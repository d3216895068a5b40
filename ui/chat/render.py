"""The chat's HTML but for the answers: the header, the questions, what is said beside fields.

Every text that comes from a person or an article passes through `plain`. A message is one line
that begins with a block tag: the chat reads messages as Markdown, which leaves such a line alone.
"""

from datetime import date, timedelta
from html import escape

from rag.period import written
from ui.chat import resolved
from ui.chat.address import written as parameters
from ui.chat.archive import Status
from ui.chat.conversation import Turn


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
    link = f"<a class='dl-address' href='?{plain(parameters(turn))}'></a>"  # for address.js
    told = plain(" · ".join(resolved.parts(turn)))
    return (
        f"<div class='dl-question'>{plain(turn.asked)}{link}<p class='dl-resolved'>{told}</p></div>"
    )

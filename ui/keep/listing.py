"""The list of kept conversations, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from rag.period import written
from ui.keep.model import Heading

SEARCHED_FROM = 11  # conversations; fewer are seen at a glance
MOST = 500  # shown; the shell lists all

TOGGLE = (
    "<button class='dl-kept-toggle' aria-controls='dl-kept-list' title='Conversations'>"
    "<span>Conversations</span></button>"
    "<p class='dl-kept-said' role='status'></p>"
)
SEARCH = "<input type='search' aria-label='Search the titles' placeholder='Search the titles'>"
EXPORT = "<button class='dl-export-all'>Export this conversation</button>"


@dataclass(frozen=True)
class Errand:
    """What the browser is to do with a text: put it on the clipboard, or into a file.

    Attributes:
        key: another each time, so that the same errand can be run again.
        file: its name; empty for the clipboard.
    """

    key: str
    text: str
    file: str = ""


def listing(
    headings: Sequence[Heading],
    opened: str,
    where: str,
    begun: bool,
    errand: Errand | None = None,
) -> str:
    """
    Args:
        opened: the id of the conversation on the page; empty if it is not kept.
        where: a sentence on where conversations are kept.
        begun: whether there is something on the page to export.
    """
    parts = [
        f"<ul>{''.join(_row(one, one.id == opened) for one in headings)}</ul>",
        EXPORT if begun else "",
        f"<p class='dl-kept-where'>{escape(where)}</p>",
        _errand(errand) if errand else "",
    ]
    if len(headings) >= SEARCHED_FROM:
        parts.insert(0, SEARCH)
    return (
        f"{TOGGLE}<nav id='dl-kept-list' aria-label='Conversations' data-open='{escape(opened)}'>"
        f"{''.join(parts)}</nav>"
    )


def _row(heading: Heading, opened: bool) -> str:
    current = " aria-current='page'" if opened else ""
    key = escape(heading.id)
    return (
        f"<li><a href='?c={key}' data-c='{key}'{current}>"
        f"<span class='dl-kept-title' id='dl-kept-{key}'>{escape(heading.title)}</span>"
        f"<span class='dl-kept-day'>{_day(heading)}</span></a>"
        f"{_button('rename', 'Rename', key)}{_button('delete', 'Delete', key)}</li>"
    )


def _button(do: str, label: str, key: str) -> str:
    return (
        f"<button class='dl-{do}' data-c='{key}' title='{label}' aria-label='{label}' "
        f"aria-describedby='dl-kept-{key}'></button>"
    )


def _day(heading: Heading) -> str:
    """The day it was last asked in, where this machine is."""
    return written(datetime.fromisoformat(heading.updated).astimezone().date())


def _errand(errand: Errand) -> str:
    return (
        f"<pre hidden data-errand='{escape(errand.key)}' data-file='{escape(errand.file)}'>"
        f"{escape(errand.text)}</pre>"
    )

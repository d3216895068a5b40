"""The numbers behind a sentence, each a link to the words that it rests on."""

from collections.abc import Iterable

from rag.answer import Citation, day_line
from ui.chat.conversation import address
from ui.chat.render import plain


def numbers(citations: Iterable[Citation], turn: int) -> str:
    return "".join(_number(citation, turn) for citation in citations)


def _number(citation: Citation, turn: int) -> str:
    link = address(turn, citation)
    return f"<a class='dl-cite' href='{link}' title='{where(citation)}'>{citation.number}</a>"


def where(citation: Citation) -> str:
    """Outlet, day, and how the day is known."""
    return plain(" · ".join(filter(None, [citation.outlet, day_line(citation)])))

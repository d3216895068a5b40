"""The sources below an answer: a card for each story, whoever printed it."""

from collections.abc import Mapping, Sequence

from rag.answer import Answer, Citation
from ui.chat.conversation import address
from ui.chat.numbers import where
from ui.chat.quote import quote
from ui.chat.render import plain


def cards(answer: Answer, turn: int) -> str:
    """A card shows the first of its articles; the others are folded under it."""
    numbered = {c.number: c for c in (*answer.citations, *answer.prints)}
    groups = answer.stories or tuple((number,) for number in numbered)
    words = _words(answer)
    return listed("Sources", [_card([numbered[n] for n in group], words, turn) for group in groups])


def listed(heading: str, rows: Sequence[str]) -> str:
    items = "".join(f"<li>{row}</li>" for row in rows)
    if not items:
        return ""
    return f"<h2 class='dl-heading'>{heading}</h2><ol class='dl-sources'>{items}</ol>"


def card(citation: Citation, said: str, turn: int, about: str = "") -> str:
    """A citation with its article; a link as a whole.

    Args:
        said: the words in it that answer.
        about: HTML below it.
    """
    title = f"<span class='dl-title'>{plain(citation.title)}</span>" if citation.title else ""
    head = f"<span class='dl-where'>{where(citation)}</span>{title}"
    return _row(citation, head, said, turn, about)


def _row(citation: Citation, head: str, said: str, turn: int, about: str = "") -> str:
    return (
        f"<a class='dl-source' href='{address(turn, citation)}'>"
        f"<span class='dl-number'>{citation.number}</span>{head}"
        f"<span class='dl-quote'>“{quote(citation.quote, said)}”</span>{about}</a>"
    )


def _card(group: Sequence[Citation], words: Mapping[int, str], turn: int) -> str:
    first, *others = group
    same = [c for c in others if c.article_id == first.article_id]
    copies = [c for c in others if c.article_id != first.article_id]
    return (
        card(first, words.get(first.number, ""), turn)
        + "".join(_row(c, "", words.get(c.number, ""), turn) for c in same)
        + _folded(copies, words, turn)
    )


def _folded(copies: Sequence[Citation], words: Mapping[int, str], turn: int) -> str:
    if not copies:
        return ""
    outlets = dict.fromkeys(c.outlet or "an unnamed outlet" for c in copies)
    rows = "".join(card(c, words.get(c.number, ""), turn) for c in copies)
    summary = f"<summary>Also in {plain(', '.join(outlets))}</summary>"
    return f"<details class='dl-prints'>{summary}{rows}</details>"


def _words(answer: Answer) -> dict[int, str]:
    """The words that answer, by the number of the citation that gives them."""
    said = {c.number: answer.short_answer or "" for c in (*answer.prints, *answer.said_by)}
    return said | {c.number: rival.short_answer for rival in answer.rivals for c in rival.citations}

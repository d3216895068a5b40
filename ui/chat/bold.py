"""A text with some of its words in bold."""

from collections.abc import Iterable
from html import escape

from index.sentences import Span


def bold(text: str, start: int, end: int, words: Iterable[Span]) -> str:
    """`text[start:end]` as HTML.

    Args:
        words: in order; those that are not wholly within are not made bold.

    >>> bold("Who shut the gate?", 4, 18, [(13, 17)])
    "shut the <b class='dl-word'>gate</b>?"
    """
    html, at = "", start
    for left, right in words:
        if start <= left and right <= end:
            html += f"{escape(text[at:left])}<b class='dl-word'>{escape(text[left:right])}</b>"
            at = right
    return html + escape(text[at:end])

"""Marked-up text as plain text: a blank line between paragraphs, a line for each item."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.loaders.text.clean import clean

# HTML's names, and those of trafilatura's own tree (head, lb, list, item, quote, row, cell).
PARAGRAPHS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "head", "div", "section", "article", "blockquote",
    "quote", "pre", "ul", "ol", "dl", "list", "table", "hr", "figure", "figcaption", "details",
    "summary",
}  # fmt: skip
LINES = {"br", "lb", "li", "item", "dt", "dd", "tr", "row"}
CELLS = {"td", "th", "cell"}
SILENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "textarea"}


def block_text(root: Any) -> str:
    """The clean words of an lxml tree; `pre` keeps its lines, images and scripts say nothing."""
    return clean("".join(_pieces(root)))


def _pieces(root: Any) -> Iterator[str]:
    """Iterative, since pages nest deeper than Python recurses."""
    silent = verbatim = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        starts = event == "start"
        if event in ("start", "end"):
            yield _boundary(element, starts)
            silent += (1 if starts else -1) * (element.tag in SILENT)
            verbatim += (1 if starts else -1) * (element.tag == "pre")
        words = element.text if starts else element.tail
        if words and not silent:
            yield words if verbatim else re.sub(r"\s+", " ", words)


def _boundary(element: Any, starts: bool) -> str:
    if element.tag in PARAGRAPHS:
        return "\n\n"
    if element.tag in LINES and starts:
        return "\n"
    if element.tag in CELLS and starts and element.getprevious() is not None:
        return " | "
    return ""

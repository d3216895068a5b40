"""Running heads, feet and page numbers: what a page carries that the report does not say."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.loaders.document.pdf_lines import Line, Page

DEEPEST = 3  # lines from the page's edge that are looked at
PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.)?\s*(?:\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|(?-i:[ivxl]{1,6}))\W*", re.IGNORECASE
)


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without the lines that stand at the same height of several, numbers aside."""
    seen = Counter(mark for page in pages for mark in set(map(_mark, _at_edges(page))))
    often = max(2, min(3, len(pages) // 3))  # two are enough in a short document

    def is_furniture(line: Line) -> bool:
        return seen[_mark(line)] >= often or PAGE_NUMBER.fullmatch(line.text) is not None

    return [_without(page, set(filter(is_furniture, _at_edges(page)))) for page in pages]


def _without(page: Page, furniture: set[Line]) -> Page:
    return [line for line in page if line not in furniture]


def _mark(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.y)


def _at_edges(page: Page) -> Iterator[Line]:
    """By height, not by order: many programs draw the foot before the text."""
    heights = sorted({round(line.y) for line in page})
    edges = {*heights[:DEEPEST], *heights[-DEEPEST:]}
    return (line for line in page if round(line.y) in edges)

"""The lines of a PDF's pages, with where each stands and how large its type is."""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableSource
from index.loaders.record import MOST_CHARACTERS
from index.loaders.text.clean import clean_line

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 2_000
DRAWS = {b"Do", b"INLINE IMAGE"}  # the operators that show a picture
SPLIT_IT = "split it, or save its text as a .txt file"


@dataclass(frozen=True, slots=True)
class Line:
    """
    Attributes:
        text: clean, on one line; may end in a hyphen.
        x, y: where it begins, in points from the page's lower left corner.
        size: of its type, in points.
        page: from 0.
    """

    text: str
    x: float
    y: float
    size: float
    page: int


Page = list[Line]


def pages_of(reader: "PdfReader", seconds: float) -> list[Page]:
    """The lines of every page, in the order in which the page draws them.

    Raises:
        UnreadableSource: it has too many pages or characters, takes too long to read, or has
            pictures and no text.
    """
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise UnreadableSource(f"{len(reader.pages):,} pages, not 1 to {MOST_PAGES:,}", SPLIT_IT)
    watch = _Watch(time.monotonic() + seconds)
    pages = [_lines(page, number, watch) for number, page in enumerate(reader.pages)]
    if watch.drew and not any(pages):
        raise UnreadableSource(
            f"{len(pages)} pages that hold images of text, and no text",
            "run it through OCR (OCRmyPDF, for one) and add what that gives",
        )
    return pages


class _Watch:
    """Sees every operator of every page: stops a page that would not end, or would fill memory."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._characters = 0
        self.drew = False

    def operator(self, operator: bytes, *_: object) -> None:
        self.drew = self.drew or operator in DRAWS
        if time.monotonic() > self._deadline:
            raise UnreadableSource("a PDF that takes too long to read", SPLIT_IT)

    def text(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > MOST_CHARACTERS:
            raise UnreadableSource(f"more than {MOST_CHARACTERS:,} characters", SPLIT_IT)


def _lines(page: "PageObject", number: int, watch: _Watch) -> Page:
    """pypdf gives a line in one or several pieces, the last of which ends in a line break."""
    lines: list[Line] = []
    pieces: list[Line] = []

    def take(text: str, cm: Sequence[float], tm: Sequence[float], _: Any, size: float) -> None:
        watch.text(text)
        x, y = _turned(tm[4], tm[5], cm)
        height = abs(size) * math.hypot(*_turned(tm[2], tm[3], cm))
        place = (x + cm[4], y + cm[5], height)
        if all(map(math.isfinite, place)):  # else it is on no page
            pieces.append(Line(text, *place, number))
        if text.endswith("\n"):
            lines.extend(_whole(pieces))
            pieces.clear()

    page.extract_text(visitor_operand_before=watch.operator, visitor_text=take)
    return [*lines, *_whole(pieces)]


def _turned(x: float, y: float, matrix: Sequence[float]) -> tuple[float, float]:
    return x * matrix[0] + y * matrix[2], x * matrix[1] + y * matrix[3]


def _whole(pieces: Sequence[Line]) -> Iterator[Line]:
    """The pieces as one line, if they say anything: its size is that of most of its letters."""
    text = clean_line("".join(piece.text for piece in pieces))
    if text:
        first = next(piece for piece in pieces if piece.text.strip())
        longest = max(pieces, key=lambda piece: len(piece.text))
        yield Line(text, first.x, first.y, longest.size, first.page)

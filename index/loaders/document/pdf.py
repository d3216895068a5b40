"""PDF, of which only the text is read: its pictures, forms and scripts are not looked at."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnreadableSource
from index.loaders.files import MOST_DOCUMENT_BYTES, named, read_bytes
from index.loaders.hostile import damage_named
from index.loaders.loader import Loaded
from index.loaders.record import article_of_file
from index.loaders.text.head import date_of

if TYPE_CHECKING:
    from pypdf import PdfReader

    from index.loaders.document.pdf_lines import Page

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what matters of it is raised

SECONDS = 120.0  # in which pypdf reads some thousand pages
# Of one page, since the clock is looked at only between its operators: 15 seconds' work.
MOST_OPERATORS = 1_000_000
MOST_UNPACKED = 20_000_000  # bytes
HEAD_LINES = 3  # of the first page, where a newspaper's day often stands alone
SAVE_ANEW = "open it in a viewer and print it to a new PDF"


class Pdf:
    suffixes = (".pdf",)

    def __init__(self, seconds: float = SECONDS) -> None:
        """
        Args:
            seconds: a file that takes longer to read is refused.
        """
        self._seconds = seconds

    def load(self, path: Path) -> Iterator[Loaded]:
        from index.loaders.document.pdf_furniture import without_furniture
        from index.loaders.document.pdf_text import headline, pdf_text
        from index.loaders.document.titles import titled

        data = read_bytes(path, MOST_DOCUMENT_BYTES)
        with named(str(path)):
            with damage_named("PDF", SAVE_ANEW):
                fields, pages = self._read(data)
            bare = without_furniture(pages)
            title, text = titled(pdf_text(bare), fields["title"], headline(bare))
            shown = next(filter(None, (date_of(line.text) for line in pages[0][:HEAD_LINES])), None)
            yield article_of_file(fields | {"title": title}, text, path, shown)

    def _read(self, data: bytes) -> tuple[dict[str, object], list["Page"]]:
        from pypdf import PdfReader, apply_configuration

        from index.loaders.document.pdf_lines import pages_of

        with apply_configuration(
            stream_parsing_work_maximum_count=MOST_OPERATORS,
            zlib_maximum_output_length=MOST_UNPACKED,
        ):
            reader = PdfReader(BytesIO(data))
            if reader.is_encrypted:
                cure = "save a copy without a password, and add that"
                raise UnreadableSource("an encrypted PDF", cure)
            return _fields(reader), pages_of(reader, self._seconds)


def _fields(reader: "PdfReader") -> dict[str, object]:
    """Title, authors and language. Not its dates: those are of the file, not of the report."""
    info = reader.metadata
    return _xmp(reader) | {
        name: value
        for name, value in (
            ("title", info and info.title),
            ("authors", info and info.author),
            ("language", str(reader.root_object.get("/Lang", ""))),
        )
        if value
    }


def _xmp(reader: "PdfReader") -> dict[str, object]:
    """The same from the other place where PDFs say it, if it is whole."""
    with suppress(UnreadableSource), damage_named("XMP", SAVE_ANEW):
        xmp = reader.xmp_metadata
        if xmp is not None:
            titles = xmp.dc_title or {}
            return {"title": next(iter(titles.values()), ""), "authors": xmp.dc_creator or ""}
    return {"title": "", "authors": ""}

"""PDF, of which only the text is read: its pictures, forms and scripts are not looked at."""

import logging
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnreadableSource
from index.loaders.files import MOST_DOCUMENT_BYTES, named, read_bytes
from index.loaders.hostile import damage_named
from index.loaders.loader import Loaded
from index.loaders.record import article_of_file

if TYPE_CHECKING:
    from pypdf import PdfReader

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what matters of it is raised

SECONDS = 120.0  # in which pypdf reads some thousand pages


class Pdf:
    suffixes = (".pdf",)

    def __init__(self, seconds: float = SECONDS) -> None:
        """
        Args:
            seconds: a file that takes longer to read is refused.
        """
        self._seconds = seconds

    def load(self, path: Path) -> Iterator[Loaded]:
        from index.loaders.pdf_furniture import without_furniture
        from index.loaders.pdf_lines import pages_of
        from index.loaders.pdf_text import headline, pdf_text
        from index.loaders.titles import titled

        data = read_bytes(path, MOST_DOCUMENT_BYTES)
        with named(str(path)):
            with damage_named("PDF", "open it in a viewer and print it to a new PDF"):
                reader = _opened(data)
                fields = _fields(reader)
                pages = without_furniture(pages_of(reader, self._seconds))
            in_large_type = headline(next(iter(pages), []))
            title, text = titled(fields["title"] or in_large_type, pdf_text(pages))
            yield article_of_file(fields | {"title": title}, text, path)


def _opened(data: bytes) -> "PdfReader":
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        raise UnreadableSource("an encrypted PDF", "save a copy without a password, and add that")
    return reader


def _fields(reader: "PdfReader") -> dict[str, object]:
    """Title, authors and language. Not its dates: those are of the file, not of the report."""
    info, xmp = reader.metadata, reader.xmp_metadata
    titles = (xmp and xmp.dc_title) or {}
    return {
        "title": (info and info.title) or next(iter(titles.values()), ""),
        "authors": (xmp and xmp.dc_creator) or (info and info.author) or "",
        "language": str(reader.root_object.get("/Lang", "")),
    }

"""MHTML: a web page and its pictures in one file, as browsers save it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnreadableSource
from index.loaders.files import named, read_bytes
from index.loaders.loader import Loaded
from index.loaders.page.html import article_of_page

if TYPE_CHECKING:
    from email.message import Message

MOST_BYTES = 100_000_000  # with its pictures


class Mhtml:
    suffixes = (".mhtml", ".mht")

    def load(self, path: Path) -> Iterator[Loaded]:
        """Its first page: those that follow are frames, of advertisements mostly.

        Its date is the day on which it was saved, and dates nothing.
        """
        data = read_bytes(path, MOST_BYTES)
        with named(str(path)):
            page, charset, url = _page(data)
            yield article_of_page(page, str(path), charset=charset, url=url)


def _page(data: bytes) -> tuple[bytes, str, str]:
    """The bytes of the page, and its encoding and address as far as they are stated."""
    from email import message_from_bytes

    try:
        saved = message_from_bytes(data)
        part = next((p for p in saved.walk() if p.get_content_type() == "text/html"), None)
    except RecursionError as error:  # parts in parts in parts
        raise UnreadableSource("parts that are nested too deep", "save the page again") from error
    content = None if part is None else part.get_payload(decode=True)
    if part is None or not isinstance(content, bytes):
        raise UnreadableSource("no page in it", "save the page again")
    return content, part.get_content_charset() or "", _address(part) or _address(saved)


def _address(message: "Message") -> str:
    for name in ("Content-Location", "Snapshot-Content-Location"):
        address = str(message.get(name, "")).strip()
        if address.lower().startswith(("http://", "https://")):
            return address
    return ""

"""Saved web pages."""

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from index.article import Article
from index.errors import UnreadableSource
from index.loaders.decode import decode
from index.loaders.files import named, read_bytes
from index.loaders.loader import Loaded
from index.loaders.page_metadata import page_metadata
from index.loaders.page_text import page_text
from index.loaders.record import article
from index.published import infer_published

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]+)", re.IGNORECASE)
HEAD = 4096  # bytes in which a page declares its encoding
# What browsers know, by encoding.spec.whatwg.org; Python's other codecs are no way to write a page.
LATIN_1 = {"iso-8859-1", "latin1", "us-ascii", "ascii"}
KNOWN = re.compile(
    r"windows-(?:125\d|874)|iso-8859-\d{1,2}|koi8-[ru]|macintosh|gbk|gb2312|gb18030|big5"
    r"|euc-(?:jp|kr)|shift_jis"
)


class Html:
    suffixes = (".html", ".htm")

    def load(self, path: Path) -> Iterator[Loaded]:
        yield article_of_page(read_bytes(path), str(path))


def article_of_page(
    data: bytes, path: str, *, charset: str | None = None, url: str = ""
) -> Article:
    """The report in a web page.

    Args:
        path: the file, or the address, as given.
        charset: as a server has it; it goes before what the page declares.
        url: where the page was fetched from. What it says of its own address is believed only of
            the same site: it could name another's.

    Raises:
        UnreadableSource: it holds none, or is not text.
    """
    with named(path):
        page = _parsed(decode(data, _known(charset or "") or _charset(data)))
        about = page_metadata(page)
        text = page_text(page, about.title, about.authors)
        if not text:
            raise _nothing_found()
        if url and _site(about.url) != _site(url):
            about = replace(about, url=url)
        return article(
            asdict(about), text, path, about.shown or infer_published(f"/{Path(path).name}", "")
        )


def _site(url: str) -> str:
    """Host and port; empty where the address is malformed."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _charset(data: bytes) -> str:
    """The declared encoding, empty if unknown; browsers read Latin-1 as windows-1252."""
    found = CHARSET.search(data[:HEAD])
    return _known(found[1].decode("ascii", "ignore") if found else "")


def _known(name: str) -> str:
    name = name.lower()
    if name in LATIN_1:
        return "windows-1252"
    return name if KNOWN.fullmatch(name) else ""


def _parsed(source: str) -> Any:
    from lxml import etree, html

    source = re.sub(r"^\s*<\?xml[^>]*>", "", source)  # lxml refuses it: the text is decoded
    try:
        return html.document_fromstring(source)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise _nothing_found() from error


def _nothing_found() -> UnreadableSource:
    return UnreadableSource("no article found in the page", "save its text as a .txt file instead")

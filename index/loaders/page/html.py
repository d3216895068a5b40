"""Saved web pages."""

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from index.article import Article
from index.errors import UnreadableSource
from index.known import FIELDS, Origin
from index.loaders.decode import decode
from index.loaders.files import named, read_bytes
from index.loaders.hostile import damage_named
from index.loaders.loader import Loaded
from index.loaders.page.hidden import drop_unheld
from index.loaders.page.notice import is_notice
from index.loaders.page.page_metadata import page_metadata
from index.loaders.page.page_text import page_text
from index.loaders.record import article_of_file
from index.loaders.text.mojibake import mended

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]+)", re.IGNORECASE)
MARKUP: Origin = "markup"
HEAD = 4096  # bytes in which a page declares its encoding
# What browsers know, by encoding.spec.whatwg.org; Python's other codecs are no way to write a page.
LATIN_1 = {"iso-8859-1", "latin1", "us-ascii", "ascii"}
KNOWN = re.compile(
    r"windows-(?:125\d|874)|iso-8859-\d{1,2}|koi8-[ru]|macintosh|gbk|gb2312|gb18030|big5"
    r"|euc-(?:jp|kr)|shift_jis"
)
SAVE_TEXT = "save its text as a .txt file instead"


class Html:
    suffixes = (".html", ".htm")

    def load(self, path: Path) -> Iterator[Loaded]:
        data = read_bytes(path)
        with named(str(path)):
            yield article_of_page(data, str(path))


def article_of_page(
    data: bytes, path: str, *, charset: str | None = None, url: str = ""
) -> Article:
    """The report in a web page.

    Args:
        path: of the page's file, or of a record: see `article_of_file`; or its address.
        charset: the encoding, if it is stated elsewhere than in the page.
        url: where the page was found. What it says of its own address is believed only of the
            same site: it could name another's.

    Raises:
        UnreadableSource: no report in it. The caller names the page.
    """
    with damage_named("page", SAVE_TEXT):  # trafilatura
        source = decode(data, known_charset(charset or "") or known_charset(_declared(data)))
        sound = mended(source)
        page = _parsed(sound)
        about = page_metadata(page)
        text = page_text(page, about.title, about.authors)
    if not text:
        raise _nothing_found()
    if is_notice(text):
        raise UnreadableSource(
            "the page is a notice to its visitor, such as one on cookies, and no report",
            "answer it in a browser, and save the page that follows",
        )
    origins: dict[str, Origin] = {**dict.fromkeys(FIELDS, MARKUP), **about.origins}
    if url and _site(about.url) != _site(url):
        about, origins["url"] = replace(about, url=url), "fields"
    return article_of_file(asdict(about), text, path, about.shown, origins, sound != source)


def _site(url: str) -> str:
    """Host and port; empty where the address is malformed."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def known_charset(declared: str) -> str:
    """A declared encoding, empty if unknown; browsers read Latin-1 as windows-1252."""
    name = declared.strip().lower()
    if name in LATIN_1:
        return "windows-1252"
    return name if KNOWN.fullmatch(name) else ""


def _declared(data: bytes) -> str:
    found = CHARSET.search(data[:HEAD])
    return found[1].decode("ascii", "ignore") if found else ""


def _parsed(source: str) -> Any:
    from lxml import etree, html

    source = re.sub(r"^\s*<\?xml[^>]*>", "", source)  # lxml refuses it: the text is decoded
    try:
        page = html.document_fromstring(source)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise _nothing_found() from error
    drop_unheld(page)
    return page


def _nothing_found() -> UnreadableSource:
    return UnreadableSource("no article found in the page", SAVE_TEXT)

"""WARC: pages as a crawler, or a browser that archives, was given them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from index.article import Article, shorten
from index.errors import UnreadableSource
from index.loaders.decode import decode
from index.loaders.files import MOST_BYTES, named, readable
from index.loaders.loader import Loaded
from index.loaders.packed.allowance import Allowance, Counted, most_unpacked
from index.loaders.packed.decompressed import decompressed
from index.loaders.page.html import article_of_page, known_charset
from index.loaders.plain import split_title
from index.loaders.record import article_of_file
from index.loaders.text.clean import clean
from index.loaders.text.unwrap import unwrap

GIVEN = {"response", "resource"}
PAGES = {"text/html", "application/xhtml+xml"}
TEXTS = {"text/plain"}
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"']+)", re.IGNORECASE)
BLOCK = 1 << 16  # bytes
CURE = "fetch or write it again"


class Warc:
    suffixes = (".warc", ".warc.gz")

    def load(self, path: Path) -> Iterator[Loaded]:
        """The days of its records are those of the crawl: they date no article."""
        empty = True
        with readable(path):
            for number, record in enumerate(_records(path), start=1):
                name = f"{path}#{number}"
                with _sound(name):
                    page = _page(record)
                if page is None:
                    continue
                empty = False
                try:
                    with named(name):
                        yield _article(page, name)
                except UnreadableSource as unreadable:
                    yield unreadable
        if empty:
            raise UnreadableSource(f"{path}: no page in it", "leave it out")


@dataclass(frozen=True, slots=True)
class Page:
    """A document as a server gave it; a media type such as "text/html", in lower case."""

    data: bytes
    media_type: str
    charset: str
    url: str


def _article(page: Page, name: str) -> Article:
    if len(page.data) > MOST_BYTES:
        raise UnreadableSource(f"a page of more than {MOST_BYTES / 1e6:.0f} MB", "leave it out")
    if page.media_type in PAGES:
        return article_of_page(page.data, name, charset=page.charset, url=page.url)
    title, text = split_title(clean(decode(page.data, known_charset(page.charset))))
    return article_of_file({"title": title, "url": page.url}, unwrap(text), Path(name))


def _records(path: Path) -> Iterator[Any]:
    from warcio.archiveiterator import WARCIterator

    with decompressed(path) as stream:
        # Not left to warcio, which refuses a file that was compressed as a whole.
        counted = Counted(stream, Allowance(most_unpacked(path.stat().st_size)))
        records = WARCIterator(counted)
        while True:
            with _sound(str(path)):
                record = next(records, None)
                if records.err_count:
                    raise UnreadableSource("damaged (a record of the wrong length)", CURE)
            if record is None:
                return
            yield record


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """Keeps warcio from writing to the terminal, and turns what it raises into our error."""
    try:
        with named(name), redirect_stderr(StringIO()):
            yield
    except (UnreadableSource, OSError):
        raise
    except Exception as error:
        # warcio has errors of its own, and lets out what damaged headers make it trip over:
        # AttributeError where a record has no address, LookupError, ValueError and more.
        problem = f"{name}: damaged ({shorten(str(error).lower(), 100)})"
        raise UnreadableSource(problem, CURE) from error


def _page(record: Any) -> Page | None:
    """What was given under an address, if it is a page or a text; None of anything else."""
    answer = record.http_headers
    stated = answer.get_header("Content-Type") if answer else record.content_type
    media_type = (stated or "").partition(";")[0].strip().lower()
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if (
        record.rec_type not in GIVEN
        or media_type not in PAGES | TEXTS
        or (answer and answer.get_statuscode() != "200")
        or url.endswith("/robots.txt")
    ):
        return None
    charset = CHARSET.search(stated)
    return Page(_content(record), media_type, charset[1] if charset else "", url)


def _content(record: Any) -> bytes:
    """A byte more than a page may have, at most."""
    data: bytes = record.content_stream().read(MOST_BYTES + 1)
    while record.raw_stream.read(BLOCK):
        pass
    if record.raw_stream.limit:
        raise UnreadableSource("damaged (it ends in the middle of a record)", CURE)
    return data

"""E-books, and issues of newspapers and magazines in their form: an article for each chapter."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from index.article import Article
from index.errors import UnreadableSource
from index.loaders.document.book import NO_CHAPTER, Book, read_book
from index.loaders.document.titles import titled
from index.loaders.document.zipped_xml import SAVE_ANEW, ZippedXml
from index.loaders.files import MOST_DOCUMENT_BYTES, named, read_bytes
from index.loaders.hostile import damage_named
from index.loaders.loader import Loaded
from index.loaders.page.blocks import block_text
from index.loaders.page.html import article_of_page
from index.loaders.page.xhtml import page_source, parsed_page
from index.loaders.record import article
from index.loaders.text.clean import clean_line

SHORTEST = 200  # characters of a page that is an article, and no half-title or dedication
LONGEST_NOTICE = 3_000  # characters of a page of legal notices
NOTICE = re.compile(r"copyright|\u00a9|all rights reserved", re.IGNORECASE)  # as its first words
TYPED = "/*/body/@*[name()='epub:type'] | /*/body/*[1]/@*[name()='epub:type']"


class Epub:
    suffixes = (".epub",)

    def load(self, path: Path) -> Iterator[Loaded]:
        data = read_bytes(path, MOST_DOCUMENT_BYTES)
        with named(str(path)), damage_named("e-book", SAVE_ANEW):
            zipped = ZippedXml(data)
            book = read_book(zipped)
        found = False
        for page in book.chapters:
            for loaded in _chapters(zipped, book, page, f"{path}/{clean_line(page)}"):
                found = True
                yield loaded
        if not found:
            problem = f"{path}: no chapter of more than {SHORTEST} characters in it"
            raise UnreadableSource(problem, "save its text as a .txt file, or leave it out")


def _chapters(zipped: ZippedXml, book: Book, page: str, name: str) -> Iterator[Loaded]:
    """The page's article, or what is wrong with it; nothing if it is passed over."""
    try:
        with named(name), damage_named("page", SAVE_ANEW):
            source = page_source(zipped.read(page))
            root = parsed_page(source)
            if not _is_passed_over(root, PurePosixPath(page).stem, book.chapters[page]):
                yield _article(book, book.chapters[page], source, root, name)
    except UnreadableSource as unreadable:
        yield unreadable


def _is_passed_over(root: Any, stem: str, called: str) -> bool:
    kinds = " ".join(root.xpath(TYPED)).split()
    if any(map(NO_CHAPTER.fullmatch, [*kinds, stem, called])):
        return True
    text = block_text(root)
    is_notice = NOTICE.search(text[:SHORTEST]) is not None and len(text) < LONGEST_NOTICE
    return len(text) < SHORTEST or is_notice


def _article(book: Book, called: str, source: str, root: Any, name: str) -> Article:
    found = article_of_page(source.encode(), name, charset="utf-8")
    heading = next((block_text(h) for h in root.xpath("//h1 | //h2 | //h3")), "")
    title, text = titled(found.text, called, heading, found.title)
    is_dated = found.published_how == "stated"
    fields = {
        "title": title,
        "outlet": book.title,
        "authors": found.authors or book.authors,
        "published": found.published if is_dated else book.published,
        "url": found.url,
        "language": root.get("lang") or book.language,
    }
    return article(fields, text, found.path, (found.published, "text") if found.published else None)

"""What an EPUB says of itself: its package, the order of its chapters, and what they are called."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from index.errors import UnreadableSource
from index.loaders.document.zipped_xml import ZippedXml, attribute
from index.loaders.page.xhtml import page_source, parsed_page
from index.loaders.text.clean import clean_line

ENCRYPTION = "META-INF/encryption.xml"
# Fonts are often scrambled, which hides no text: the only two ways of it that are not DRM.
OF_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
NCX = "application/x-dtbncx+xml"
PAGES = {"application/xhtml+xml", "text/html"}
NOT_ISSUED = {"creation", "modification", "conversion"}  # what a dc:date may be the date of
# As a page's type, its file or the table of contents has it.
NO_CHAPTER = re.compile(
    r"[\d _-]*(?:cover|title[ _-]?page|copyright(?:[ _-]page)?|(?:table of )?contents|toc|nav"
    r"|landmarks|colophon|imprint)[\d _-]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Book:
    """
    Attributes:
        published: as written.
        chapters: the names of its pages in the zip, in reading order, with what the table of
            contents calls each; empty where that says nothing.
    """

    title: str
    authors: tuple[str, ...]
    published: str
    language: str
    chapters: Mapping[str, str]


def read_book(zipped: ZippedXml) -> Book:
    """
    Raises:
        UnreadableSource: damaged, or protected by DRM.
    """
    _refuse_drm(zipped)
    files = zipped.xml("META-INF/container.xml").iter("{*}rootfile")
    name = next((attribute(file, "full-path") for file in files), "")
    package = zipped.xml(name)
    items = {attribute(item, "id"): item for item in package.iter("{*}item")}
    folder = posixpath.dirname(name)
    called = _contents(zipped, items.values(), folder)
    return Book(
        title=next(_said(package, "title"), ""),
        authors=tuple(_said(package, "creator")),
        published=next(_said(package, "date"), ""),
        language=next(_said(package, "language"), ""),
        chapters={page: called.get(page, "") for page in _spine(package, items, folder)},
    )


def _refuse_drm(zipped: ZippedXml) -> None:
    if ENCRYPTION not in zipped:
        return
    methods = zipped.xml(ENCRYPTION).iter("{*}EncryptionMethod")
    if {attribute(method, "Algorithm") for method in methods} - OF_FONTS:
        raise UnreadableSource("protected by DRM", "get a copy without it from where it was sold")


def _said(package: Any, name: str) -> Iterator[str]:
    """The values of a Dublin Core element; of dates, only those of publication."""
    for element in package.iter("{http://purl.org/dc/elements/1.1/}" + name):
        words = clean_line(element.text or "")
        if words and attribute(element, "event") not in NOT_ISSUED:
            yield words


def _spine(package: Any, items: Mapping[str, Any], folder: str) -> Iterator[str]:
    """The pages that are read one after the other, without cover, contents and the like."""
    guide = [r for r in package.iter("{*}reference") if NO_CHAPTER.fullmatch(attribute(r, "type"))]
    passed_over = {_target(folder, attribute(reference, "href")) for reference in guide}
    for reference in package.iter("{*}itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or attribute(reference, "linear") == "no":
            continue
        page = _target(folder, attribute(item, "href"))
        is_contents = "nav" in attribute(item, "properties").split()
        if attribute(item, "media-type") in PAGES and not is_contents and page not in passed_over:
            yield page


def _target(folder: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(link.partition("#")[0])))


def _contents(zipped: ZippedXml, items: Iterable[Any], folder: str) -> dict[str, str]:
    """What the table of contents calls each page; nothing if it is broken, which loses little."""
    called: dict[str, str] = {}
    for item in items:
        name = _target(folder, attribute(item, "href"))
        with suppress(UnreadableSource):
            for link, label in _links(zipped, item, name):
                called.setdefault(_target(posixpath.dirname(name), link), clean_line(label))
    return called


def _links(zipped: ZippedXml, item: Any, name: str) -> Iterator[tuple[str, str]]:
    """From the contents of EPUB 3, which are a page, or of EPUB 2, which are XML."""
    if "nav" in attribute(item, "properties").split():
        for link in parsed_page(page_source(zipped.read(name))).xpath("//nav//a[@href]"):
            yield link.get("href"), link.text_content()
    elif attribute(item, "media-type") == NCX:
        for point in zipped.xml(name).iter("{*}navPoint"):
            target = point.find("{*}content")
            label = point.findtext("{*}navLabel/{*}text") or ""
            yield "" if target is None else attribute(target, "src"), label

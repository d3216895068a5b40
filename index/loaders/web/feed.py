"""RSS and Atom feeds: an article for each entry that holds one."""

import logging
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from index.errors import UnreadableSource
from index.loaders.files import named, read_bytes
from index.loaders.loader import Loaded
from index.loaders.record import article

SHORTEST = 200  # characters; less is a teaser for the page it links to


class Feed:
    suffixes = (".rss", ".atom", ".xml")

    def load(self, path: Path) -> Iterator[Loaded]:
        yield from entries(read_bytes(path), str(path))


def entries(data: bytes, name: str) -> Iterator[Loaded]:
    """The feed's articles; an entry too short for one is yielded as an `UnreadableSource`.

    Args:
        name: the feed's file or address.

    Raises:
        UnreadableSource: it is not a feed, or one without entries.
    """
    feed = _parsed(data, name)
    for number, entry in enumerate(feed.entries, start=1):
        try:
            with named(f"{name}#{number}"):
                yield _article(entry, feed.feed, f"{name}#{number}")
        except UnreadableSource as unreadable:
            yield unreadable


def links(data: bytes, name: str) -> list[str]:
    """The addresses of the pages that its entries link to.

    Raises:
        UnreadableSource: it is not a feed, or one without entries.
    """
    return list(dict.fromkeys(filter(None, (e.get("link") for e in _parsed(data, name).entries))))


def is_feed(data: bytes) -> bool:
    """Whether it begins as a feed does, whatever its content type says."""
    head = data[:1000].lower()
    return b"<html" not in head and any(tag in head for tag in (b"<rss", b"<feed", b"<rdf:rdf"))


def _parsed(data: bytes, name: str) -> Any:
    import feedparser

    logging.getLogger("feedparser").addHandler(logging.NullHandler())
    # As a file, since bytes that are a file's name would be opened. The markup is cleaned below, as
    # a page's is: feedparser's own cleaning keeps hidden text.
    try:
        feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # on damaged feeds: KeyError, TypeError, UnicodeDecodeError, …
        raise UnreadableSource(f"{name}: a damaged feed", "mend it, or leave it out") from error
    if not feed.get("version") or not feed.entries:
        raise UnreadableSource(f"{name}: not a feed with entries", "give an RSS or Atom feed")
    return feed


def _article(entry: Mapping[str, Any], feed: Mapping[str, Any], path: str) -> Loaded:
    text = max(map(_plain, _written(entry)), key=len, default="")
    if len(text) < SHORTEST:
        problem = f"only {len(text)} characters of it are in the feed"
        raise UnreadableSource(problem, "add its page, or the feed by its address with --linked")
    fields = {
        "title": _plain(entry.get("title", "")),
        "outlet": _plain(feed.get("title", "")),
        "authors": [author.get("name", "") for author in entry.get("authors", ())],
        "published": entry.get("published") or entry.get("updated", ""),
        "url": entry.get("link", ""),
        "language": entry.get("language") or feed.get("language", ""),
    }
    return article(fields, text, path)


def _written(entry: Mapping[str, Any]) -> list[str | None]:
    return [*(part.get("value") for part in entry.get("content", ())), entry.get("summary")]


def _plain(marked_up: str | None) -> str:
    from lxml import etree, html

    from index.loaders.page.blocks import block_text
    from index.loaders.page.hidden import drop_hidden

    try:
        root = html.fragment_fromstring(marked_up or "", create_parent="div")
        drop_hidden(root)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # control characters, say
        return ""
    return block_text(root)

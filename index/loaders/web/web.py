"""Articles by their addresses: a page, or a feed."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

from index.errors import UnreadableSource
from index.loaders.files import named
from index.loaders.loader import Loaded
from index.loaders.page.html import article_of_page
from index.loaders.web.address import MayReach, is_public
from index.loaders.web.feed import entries, is_feed, links
from index.loaders.web.fetch import Fetched, fetch
from index.loaders.web.robots import Robots

MOST_LINKED = 100  # pages fetched for one feed
PAUSE = 1.0  # seconds between them, for the site's sake
PAGES = {"text/html", "application/xhtml+xml", ""}
FEEDS = {"application/rss+xml", "application/atom+xml", "application/xml", "text/xml"}
_ADDRESS = re.compile(r"[a-z][a-z\d+.-]*://", re.IGNORECASE)


def is_address(source: str | Path) -> bool:
    """Whether it is written as an address, whatever its scheme.

    >>> is_address("https://harbour.example/gates"), is_address("clippings/gates.md")
    (True, False)
    """
    return isinstance(source, str) and _ADDRESS.match(source) is not None


class Web:
    """Reads what an address gives.

    Args:
        linked: fetch the pages that a feed's entries link to, in place of what the feed has.
        may_reach: which addresses and ports may be connected to; by default public web servers.
        pause: seconds between the pages of a feed.
    """

    def __init__(
        self, linked: bool = False, may_reach: MayReach = is_public, pause: float = PAUSE
    ) -> None:
        self._linked = linked
        self._may_reach = may_reach
        self._pause = pause
        self._robots = Robots(may_reach)

    def load(self, url: str) -> Iterator[Loaded]:
        """The page's article, or the feed's; an `UnreadableSource` for each that gives none."""
        try:
            found = self._fetch(url)
            if found.type in PAGES | FEEDS and is_feed(found.data):
                yield from self._of_feed(found)
            elif found.type in PAGES:
                yield _page(found)
            else:
                problem = f"{url}: {found.type}, not a page or a feed"
                raise UnreadableSource(problem, "save it, and add the file")
        except UnreadableSource as unreadable:
            yield unreadable

    def _fetch(self, url: str) -> Fetched:
        self._robots.check(url)
        found = fetch(url, self._may_reach)
        if found.status != 200:
            raise UnreadableSource(f"{url}: answered {found.status}", "check the address")
        if found.url != url:
            self._robots.check(found.url)
        return found

    def _of_feed(self, found: Fetched) -> Iterator[Loaded]:
        if not self._linked:
            yield from entries(found.data, found.url)
            return
        for url in links(found.data, found.url)[:MOST_LINKED]:
            time.sleep(self._pause)
            try:
                yield _page(self._fetch(url))
            except UnreadableSource as unreadable:
                yield unreadable


def _page(found: Fetched) -> Loaded:
    with named(found.url):
        return article_of_page(found.data, found.url, charset=found.charset, url=found.url)

"""What a site's robots.txt lets Dateline fetch.

RFC 9309, section 2.3.1: none there allows all; one that cannot be had allows nothing.
"""

from functools import lru_cache
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from index.errors import UnreadableSource
from index.loaders.web.address import MayReach
from index.loaders.web.fetch import fetch, user_agent

MOST_BYTES = 500_000  # that must be read, by the same section


class Robots:
    """Reads each site's rules once."""

    def __init__(self, may_reach: MayReach) -> None:
        self._may_reach = may_reach
        self._rules = lru_cache(maxsize=100)(self._read)

    def check(self, url: str) -> None:
        """
        Raises:
            UnreadableSource: the site does not want it fetched, or its rules cannot be had.
        """
        parts = urlsplit(url)
        if not self._rules(f"{parts.scheme}://{parts.netloc}").can_fetch(user_agent(), url):
            raise UnreadableSource(
                f"{url}: its site's robots.txt asks not to fetch it",
                "save the page, and add the file",
            )

    def _read(self, site: str) -> RobotFileParser:
        found = fetch(f"{site}/robots.txt", self._may_reach)
        rules = RobotFileParser()
        if found.status == 200:
            rules.parse(found.data[:MOST_BYTES].decode("utf-8", "replace").splitlines())
        elif 400 <= found.status < 500:
            rules.parse([])
        else:
            problem = f"{site}/robots.txt: answered {found.status}"
            raise UnreadableSource(problem, "try again later")
        return rules

"""One page from the web, from the address that was checked, and no larger than it may be."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from index.errors import UnreadableSource
from index.loaders.files import MOST_BYTES
from index.loaders.web.address import MayReach, Target, is_public, target

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

MOST_REDIRECTS = 5
CONNECT_SECONDS, SILENT_SECONDS, ALL_SECONDS = 10, 20, 60
REDIRECTS = {301, 302, 303, 307, 308}
PIECE = 65_536  # bytes
ACCEPTED = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave.

    Attributes:
        url: where it was in the end, after redirects.
        type: its media type, in lower case; empty if none is given.
        charset: as the server has it; None if it does not say.
    """

    url: str
    status: int
    type: str
    charset: str | None
    data: bytes


def fetch(url: str, may_reach: MayReach = is_public) -> Fetched:
    """Follow at most MOST_REDIRECTS, each checked as the first address is.

    Args:
        may_reach: which addresses and ports may be connected to; by default public web servers.

    Raises:
        UnreadableSource: it may not be reached, or does not answer in time, or is too large.
    """
    here, until = url, time.monotonic() + ALL_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        with _asked(here, target(here, may_reach)) as response:
            if response.status not in REDIRECTS or not response.headers.get("location"):
                return _fetched(here, response, until)
            here = _joined(here, response.headers["location"])
    raise UnreadableSource(
        f"{url}: redirected more than {MOST_REDIRECTS} times", "give the address it leads to"
    )


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        problem = f"{url}: redirected to what is no address ({location!a})"
        raise UnreadableSource(problem, "give the address it leads to") from error


@contextmanager
def _asked(url: str, to: Target) -> Iterator["BaseHTTPResponse"]:
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
    from urllib3.exceptions import HTTPError

    timeout = Timeout(connect=CONNECT_SECONDS, read=SILENT_SECONDS)
    headers = {
        "Host": to.authority,
        "User-Agent": user_agent(),
        "Accept": ACCEPTED,
        "Accept-Encoding": "gzip, deflate",
    }
    # Connects to the address that was checked, and lets TLS check the name: no second look-up.
    pool = (
        HTTPSConnectionPool(
            to.address, to.port, server_hostname=to.host, assert_hostname=to.host, timeout=timeout
        )
        if to.scheme == "https"
        else HTTPConnectionPool(to.address, to.port, timeout=timeout)
    )
    try:
        with pool:
            response = pool.request(
                "GET",
                to.path,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
            )
            try:
                yield response
            finally:
                response.close()
    except HTTPError as error:
        reason = str(getattr(error, "reason", "") or error) or type(error).__name__
        raise UnreadableSource(f"{url}: {reason}", "try again, or save the page") from error


def _fetched(url: str, response: "BaseHTTPResponse", until: float) -> Fetched:
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    charset = rest.partition("charset=")[2].split(";")[0].strip(" \"'")
    data = bytearray()
    for piece in response.stream(PIECE, decode_content=True):
        data += piece
        if len(data) > MOST_BYTES:
            problem = f"{url}: larger than the {MOST_BYTES / 1e6:.0f} MB that a page may have"
            raise UnreadableSource(problem, "save the text you need as a file")
        if time.monotonic() > until:
            raise UnreadableSource(
                f"{url}: not here after {ALL_SECONDS} seconds", "try again later"
            )
    return Fetched(url, response.status, kind.strip().lower(), charset or None, bytes(data))


@cache
def user_agent() -> str:
    return f"Dateline/{version('dateline')}"

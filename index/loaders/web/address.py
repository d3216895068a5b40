"""Which addresses on the web may be fetched: public ones, checked before anything connects."""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.errors import UnreadableSource

PORTS = {"http": 80, "https": 443}

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
MayReach = Callable[[IPAddress, int], bool]


def is_public(address: IPAddress, port: int) -> bool:
    """A public address, and a port that web pages are served from."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None:
        return is_public(inner, port)
    wrapped = address in ipaddress.ip_network("64:ff9b::/96")  # NAT64: an IPv4 address inside
    return address.is_global and not address.is_multicast and not wrapped and port in PORTS.values()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL leads, once looked up.

    Attributes:
        address: the one that was checked, and the only one to connect to: to look the name up
            again could give another (DNS rebinding).
        path: with the query; what is asked of the server.
    """

    scheme: str
    host: str
    port: int
    address: str
    path: str

    @property
    def authority(self) -> str:
        """The host, and the port where it is not the scheme's own, as a `Host` header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target(url: str, may_reach: MayReach = is_public) -> Target:
    """
    Raises:
        UnreadableSource: not http or https, a name and password in it, no such host, or an
            address or port that may not be reached.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise _refused(url, f"not a web address ({error})", "check the spelling") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise _refused(url, "not an http or https address", "check the spelling")
    if parts.username is not None or parts.password is not None:
        shown = url.replace(parts.netloc, parts.netloc.rpartition("@")[2], 1)
        raise _refused(shown, "a name or password in an address", "save the page, and add the file")
    address = _looked_up(url, parts.hostname, port, may_reach)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port, address, path)


def _looked_up(url: str, host: str, port: int, may_reach: MayReach) -> str:
    """The first of the host's addresses, if all of them may be reached."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _refused(url, f"no host of the name {host}", "check the spelling") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not may_reach(ipaddress.ip_address(address.partition("%")[0]), port):
            raise _refused(
                url,
                f"{address}, port {port}, is not a public web server",
                "save the page, and add the file",
            )
    return addresses[0]


def _refused(url: str, problem: str, cure: str) -> UnreadableSource:
    return UnreadableSource(f"{url}: {problem}", cure)

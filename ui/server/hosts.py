"""Whom a request was meant for, and whose page sent it.

A name that an attacker points at this server would read the archive through a visitor's browser
(DNS rebinding), and a page of another site could send requests in the visitor's name.
"""

import socket
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.refusal import refusal


class OwnHosts:
    """Refuses requests for another name, and from another site's page.

    Args:
        host: the address listened on; this machine's own names need not be given.
        allowed: other names for it, such as that of a proxy before it.
    """

    def __init__(self, app: ASGIApp, host: str, allowed: Sequence[str] = ()) -> None:
        self.app = app
        self.allowed = {name.lower() for name in allowed}
        self.own = {"localhost", host.lower(), socket.gethostname().lower(), *self.allowed}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.app
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            host = headers.get("host", "")
            name = _name(f"//{host}")
            if name not in self.own and not _is_number(name):
                cure = f"start it with --allow-host {name}, if that is its name"
                app = refusal(400, f"'{name}' is not a name of this server", cure)
            elif not self._sent_from_here(headers.get("origin"), host):
                app = refusal(403, "this was sent by another site's page")
        await app(scope, receive, send)

    def _sent_from_here(self, origin: str | None, host: str) -> bool:
        if origin is None:
            return True
        return origin.partition("//")[2] == host or _name(origin) in self.allowed


def _name(address: str) -> str:
    """
    >>> _name("//[::1]:7860"), _name("https://News.example")
    ('::1', 'news.example')
    """
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_number(name: str) -> bool:
    """Whether a name is an address in figures, which nobody can point elsewhere."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True

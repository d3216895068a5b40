"""Nobody comes in without a name and a password.

On the page, Gradio's login and its session cookie, which ends with the server; for programs, HTTP
Basic. This stands before all of Gradio's routes, some of which ask for no login of their own.
"""

import asyncio
import secrets
from base64 import b64decode
from hashlib import blake2b

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.buckets import Buckets
from ui.server.limits import too_many, visitor
from ui.server.refusal import refusal
from ui.server.users import Users

OPEN = {"/", "/login", "/theme.css", "/favicon.ico", "/gradio_api/startup-events"}
OPEN_FOLDERS = ("/assets/", "/static/")
TRIES = 10  # a minute from one address
MOST_KNOWN = 1_000


class Login:
    """Sets scope["visitor"] to the user's name, or refuses."""

    def __init__(self, app: ASGIApp, users: Users) -> None:
        self.app = app
        self.users = users
        self._tries = Buckets(TRIES)
        self._key = secrets.token_bytes(32)
        self._known: dict[bytes, str] = {}  # users by a digest of what they sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = self.app
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            credentials = headers.get("authorization", "")
            scope["visitor"] = _in_session(scope, headers) or self._known.get(
                self._digest(credentials)
            )
            if not scope["visitor"]:
                app = await self._unknown(scope, credentials)
        await app(scope, receive, send)

    async def _unknown(self, scope: Scope, credentials: str) -> ASGIApp:
        """The app for who is not logged in yet, or a refusal."""
        trying = credentials or scope["path"].startswith("/login")
        if trying and (wait := self._tries.take(visitor(scope))):
            return too_many("tries to log in within a minute", wait)
        scope["visitor"] = await self._by_password(credentials)
        if scope["visitor"] or scope["path"] in OPEN or scope["path"].startswith(OPEN_FOLDERS):
            return self.app
        return refusal(401, "not logged in", "send a user's name and password", _ask(scope))

    async def _by_password(self, credentials: str) -> str | None:
        """The user of HTTP Basic; what was right once is not worked out again."""
        name, password = _basic(credentials)
        if not name or not await asyncio.to_thread(self.users.knows, name, password):
            return None
        if len(self._known) < MOST_KNOWN:
            self._known[self._digest(credentials)] = name
        return name

    def _digest(self, credentials: str) -> bytes:
        # Keyed, as the password could otherwise be guessed at from it faster than scrypt allows.
        return blake2b(credentials.encode(), key=self._key).digest()


def _in_session(scope: Scope, headers: Headers) -> str | None:
    gradio = scope["app"]  # Gradio's tokens: users by session
    cookies = cookie_parser(headers.get("cookie", ""))
    names = (f"access-token-{kind}{gradio.cookie_id}" for kind in ("", "unsecure-"))
    found = (gradio.tokens.get(cookies.get(name)) for name in names)
    return next(filter(None, found), None)


def _ask(scope: Scope) -> dict[str, str]:
    """A browser that is told this asks for the password in a window of its own: not on the page."""
    if not scope["path"].startswith("/api/"):
        return {}
    return {"WWW-Authenticate": 'Basic realm="Dateline", charset="UTF-8"'}


def _basic(authorization: str) -> tuple[str, str]:
    """
    >>> _basic("Basic YW5uYTpzZWNyZXQ="), _basic("Bearer x")
    (('anna', 'secret'), ('', ''))
    """
    scheme, _, coded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, password = b64decode(coded, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return name, password

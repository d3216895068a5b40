"""How much one visitor may send."""

import math
from collections import Counter

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.buckets import Buckets
from ui.server.refusal import refusal

MOST_BYTES = 1_000_000  # of a request; a question has at most a few thousand
MOST_AT_ONCE = 16  # of one visitor
TOO_LARGE = f"the request is larger than {MOST_BYTES:,} bytes"
UPLOAD = "/gradio_api/upload"  # has a limit of its own: launch(max_file_size=…)


class Limits:
    """Refuses requests that are too large, and those of a visitor who sends too many.

    Reading is free; whatever asks for work is a POST. A visitor is a user's name where there are
    users, else a client's address.
    """

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self.app = app
        self.buckets = Buckets(per_minute)
        self.under_way: Counter[str] = Counter()  # by visitor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            return await self.app(scope, receive, send)
        if scope["path"] != UPLOAD:
            receive = _counted(receive)
        who = visitor(scope)
        app = self._refused(scope, who) or self.app
        self.under_way[who] += 1
        try:
            await app(scope, receive, send)
        finally:
            self.under_way -= Counter([who])  # which forgets who has none left

    def _refused(self, scope: Scope, who: str) -> Response | None:
        size = int(Headers(scope=scope).get("content-length", "0"))
        if size > MOST_BYTES and scope["path"] != UPLOAD:
            return refusal(413, TOO_LARGE)
        if self.under_way[who] >= MOST_AT_ONCE:
            return too_many("requests at once", 1)
        wait = self.buckets.take(who)
        return too_many("requests in a minute", wait) if wait else None


def too_many(what: str, wait: float) -> Response:
    """Args: wait: seconds."""
    seconds = math.ceil(wait)
    cure = f"try again in {seconds} second{'s' if seconds > 1 else ''}"
    return refusal(429, f"too many {what}", cure, {"Retry-After": str(seconds)})


def visitor(scope: Scope) -> str:
    """The user's name, else the client's address."""
    client = scope.get("client")
    return str(scope.get("visitor") or (client[0] if client else ""))


def _counted(receive: Receive) -> Receive:
    """The same, up to `MOST_BYTES`: what comes in chunks does not say its size before."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise HTTPException(413, TOO_LARGE)
        return message

    return counted

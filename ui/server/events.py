"""The page's events carry words, never files: Gradio would fetch the address that a file names."""

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.limits import UPLOAD
from ui.server.refusal import refusal


class NoFiles:
    """Refuses an event that names a file as Gradio's own components do. What a visitor drops on
    the page comes by `UPLOAD`, and is named by us."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_event(scope):
            return await self.app(scope, receive, send)
        try:
            body = await Request(scope, receive).body()
        except HTTPException as too_large:
            return await refusal(too_large.status_code, too_large.detail)(scope, receive, send)
        app = refusal(403, "an event names no file") if _names_file(body) else self.app
        await app(scope, _again(body, receive), send)


def _is_event(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "POST":
        return False
    return str(scope["path"]).startswith("/gradio_api/") and scope["path"] != UPLOAD


def _names_file(body: bytes) -> bool:
    try:
        return _holds_file(json.loads(body))
    except ValueError:
        return False  # no JSON: Gradio says so
    except RecursionError:
        return True  # nothing that the page sends


def _holds_file(data: Any) -> bool:
    if isinstance(data, dict) and {"path", "meta"} <= data.keys():  # Gradio's FileData
        return True
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return any(map(_holds_file, inside))


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, then whatever else comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return waiting.pop() if waiting else await receive()

    return read

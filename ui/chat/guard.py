"""What a browser is told not to do, whatever the articles contain."""

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ["127.0.0.1", "localhost"]

# Gradio writes its own scripts and styles into the page, and compiles templates; hence "unsafe".
HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def middleware(host: str) -> list[Middleware]:
    """Headers for every response; on a loopback address, other sites' names for it are refused.

    A name that an attacker points at 127.0.0.1 would otherwise read the archive through the
    visitor's browser (DNS rebinding).
    """
    guards = [Middleware(_Headers), Middleware(_NoFiles)]
    if host in LOOPBACK:
        guards.append(Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK))
    return guards


class _NoFiles:
    """Gradio would give whoever knows its address any file that a visitor has sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "/gradio_api/file" in scope.get("path", ""):
            await PlainTextResponse("No file is served.", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class _Headers:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_guarded)

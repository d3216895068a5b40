"""What a browser is told not to do, whatever the articles contain.

What is let through, and why: docs/decisions/content-security.md.
"""

import re
from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'unsafe-eval'{hashes}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY.format(hashes=""),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class GuardedHeaders:
    """Sets `HEADERS`; of a page, the policy names the inline scripts that it is served with.

    Any other inline script, one from an article above all, does not run.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page: list[Message] = []  # what there is of an HTML page, until all of it is there

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
                if Headers(scope=message).get("content-type", "").startswith("text/html"):
                    page.append(message)
                    return
            elif page:
                page.append(message)
                if not message.get("more_body"):
                    _allow_inline_scripts(page)
                    for held in page:
                        await send(held)
                return
            await send(message)

        await self.app(scope, receive, send_guarded)


def _allow_inline_scripts(page: list[Message]) -> None:
    body = b"".join(message.get("body", b"") for message in page[1:])
    digests = {b64encode(sha256(script).digest()).decode() for script in inline_scripts(body)}
    hashes = "".join(f" 'sha256-{digest}'" for digest in sorted(digests))
    policy = CONTENT_SECURITY_POLICY.format(hashes=hashes)
    MutableHeaders(scope=page[0])["Content-Security-Policy"] = policy


def inline_scripts(page: bytes) -> list[bytes]:
    """
    >>> inline_scripts(b"<script src='a.js'></script><script data-x>go()</script>")
    [b'go()']
    """
    return _INLINE_SCRIPT.findall(page)

"""The routes that the page uses; of the rest of Gradio's, none is there.

Among them are one that fetches any address (`file=https://…`), one that hands the session's token
to scripts, and a programming interface to the page's events.
"""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.refusal import refusal

USED = re.compile(
    r"/|/(archive|login|logout|config|theme\.css|favicon\.ico|robots\.txt)"
    r"|/(assets|static|api)/.+"
    r"|/gradio_api/(startup-events|login_check|cancel|reset|component_server)"
    r"|/gradio_api/(upload|upload_progress|queue/\w+|heartbeat/\w+)"
)


class UsedRoutes:
    """Answers 404 for every path but `USED`, and 403 for files: Gradio would give whoever knows its
    address any file that a visitor has sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: ASGIApp = self.app
        if scope["type"] == "http" and not USED.fullmatch(scope["path"]):
            is_file = scope["path"].startswith("/gradio_api/file")
            app = refusal(403, "no file is served") if is_file else refusal(404, "nothing is here")
        await app(scope, receive, send)

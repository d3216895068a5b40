"""Who may come in, and how much they may ask: the guards before the page and the API."""

import asyncio
from dataclasses import dataclass
from typing import Any

from starlette.middleware import Middleware

from ui.server.events import NoFiles
from ui.server.headers import GuardedHeaders
from ui.server.hosts import OwnHosts
from ui.server.limits import Limits
from ui.server.login import Login
from ui.server.routes import UsedRoutes
from ui.server.users import Users

PER_MINUTE = 240


@dataclass(frozen=True)
class Access:
    """
    Attributes:
        users: who may log in; None lets in everyone who can reach the address.
        hosts: names of this server that it does not know by itself.
        per_minute: how many requests for work, questions above all, one visitor may send.
    """

    users: Users | None = None
    hosts: tuple[str, ...] = ()
    per_minute: int = PER_MINUTE

    def guards(self, host: str) -> list[Middleware]:
        """From the outermost on. Args: host: the address listened on."""
        return [
            Middleware(GuardedHeaders),
            Middleware(OwnHosts, host=host, allowed=self.hosts),
            *([Middleware(Login, users=self.users)] if self.users else []),
            Middleware(Limits, per_minute=self.per_minute),
            Middleware(UsedRoutes),
            Middleware(NoFiles),
        ]

    def check(self) -> Any:  # Gradio awaits a coroutine here, though its types know of none
        """What Gradio's login page asks, without holding up everybody else; None lets all in."""
        users = self.users
        if users is None:
            return None

        async def knows(name: str, password: str) -> bool:
            return await asyncio.to_thread(users.knows, name, password)

        return knows

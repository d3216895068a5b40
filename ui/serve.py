"""The chat on this machine: a free port, one ready line, and an end on Ctrl-C."""

import os
import socket
import threading
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from index.errors import DatelineError
from ui.chat.archive import Archive, Offer
from ui.server.access import Access
from ui.server.api import routes

EVERYONE = Access()

if TYPE_CHECKING:
    from ui.library import Library


def serve(
    archive: "Archive | Library",
    examples: Sequence[str] = (),
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    offer: Offer | None = None,
    access: Access = EVERYONE,
    keep: bool = True,
) -> None:
    """Shows the chat until Ctrl-C; prints its address when it can be opened.

    Args:
        archive: one, or a library to choose from, with a page that shows what is in each.
        examples: questions offered while a conversation with the one is empty.
        host: the address to listen on; "0.0.0.0" lets other machines in.
        port: the first port to try; a later one is used where it is taken.
        offer: as `ui.chat.page.build` takes it; `keep`, too.
        access: who may come in, and how much they may ask.

    Raises:
        DatelineError: none of the 100 ports from `port` is free, or there is no such address.
    """
    with (
        suppress(KeyboardInterrupt),
        running(archive, examples, host, port, offer, access, keep) as address,
    ):
        print(f"Dateline is ready: {address}  (Ctrl-C ends it)", flush=True)
        if open_browser:
            webbrowser.open(address)
        threading.Event().wait()


@contextmanager
def running(
    archive: "Archive | Library",
    examples: Sequence[str] = (),
    host: str = "127.0.0.1",
    port: int = 7860,
    offer: Offer | None = None,
    access: Access = EVERYONE,
    keep: bool = True,
) -> Iterator[str]:
    """The address of the chat, served as long as the context lasts; raises as `serve` does."""
    keep_to_this_machine()
    # Gradio reads its settings when it is imported.
    from ui.chat.page import STATIC, build
    from ui.chat.theme import theme
    from ui.library import Alone, Library
    from ui.shelves.uploads import LIMIT

    library = archive if isinstance(archive, Library) else Alone(archive, examples)
    with TemporaryDirectory(prefix="dateline-received-") as received:
        os.environ["GRADIO_TEMP_DIR"] = received
        page = build(library, offer, keep, Path(received))
        _, address, _ = page.launch(
            server_name=host,
            server_port=free_port(host, port),
            app_kwargs={"middleware": access.guards(host), "routes": routes(library)},
            auth=access.check(),
            theme=theme(),
            css_paths=sorted((STATIC / "style").glob("*.css")),
            js=(STATIC / "follow.js").read_text(encoding="utf-8"),
            footer_links=[],
            quiet=True,
            prevent_thread_lock=True,
            share=False,
            ssr_mode=False,
            enable_monitoring=False,
            mcp_server=False,
            max_file_size=LIMIT if isinstance(library, Library) else 1,  # bytes
        )
        try:
            yield address.rstrip("/")
        finally:
            page.close(verbose=False)


def free_port(host: str, first: int) -> int:
    """The first port from `first` on that nothing listens on; any free one for 0."""
    for port in range(first, min(first + 100, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except socket.gaierror as error:
                raise DatelineError(f"no address '{host}' here", "try 127.0.0.1") from error
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DatelineError(f"no free port from {first} on at '{host}'", "name another with --port")


def keep_to_this_machine() -> None:
    """Before Gradio is imported: it reports nothing, and reaches itself past any proxy."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [os.environ.get(name, ""), "127.0.0.1", "localhost", "::1"]
        os.environ[name] = ",".join(filter(None, hosts))
    for name, proxy in list(os.environ.items()):
        # Gradio's client refuses to start beside a SOCKS proxy, also where it would not use it.
        if name.lower().endswith("_proxy") and proxy.lower().startswith("socks"):
            del os.environ[name]

"""The switch between archives and the way between the two pages, at the top of both."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import gradio as gr

from ui.chat.render import plain
from ui.library import Library

STATIC = Path(__file__).parent / "static"
CHAT, ARCHIVE = "./", "archive"  # addresses, each from the other
LEAVE = "logout?all_session=false"  # from this browser alone


def lay_out() -> gr.HTML:
    return gr.HTML(elem_id="dl-nav", js_on_load=(STATIC / "masthead.js").read_text("utf-8"))


def wire(page: gr.Blocks, nav_: gr.HTML, library: Library) -> None:
    """On the chat's page."""

    def show(request: gr.Request) -> str:
        return of(library, request, ARCHIVE)

    page.load(show, None, nav_, show_progress="hidden", api_visibility="private")


def of(library: Library, request: gr.Request, page: str) -> str:
    """
    Args:
        page: the other one, `CHAT` or `ARCHIVE`.
    """
    open_now = chosen(request) or library.first
    return nav(library.names(), open_now, page, request.username or "")


def nav(names: Mapping[str, int | None], open_now: str, page: str, user: str = "") -> str:
    """
    Args:
        names: as `ui.library.Library.names` gives them.
        user: who is logged in; empty where nobody has to.
    """
    options = "".join(_option(name, count, name == open_now) for name, count in names.items())
    label = "Ask" if page == CHAT else "What it holds"
    href = f"{page}?archive={quote(open_now)}"
    leave = f"<a href='{LEAVE}' title='Logged in as {plain(user)}'>Log out</a>" if user else ""
    return (
        f"<nav aria-label='Archives'><label>Archive <select>{options}</select></label>"
        f"<a href='{href}'>{label}</a>{leave}</nav>"
    )


def chosen(request: gr.Request) -> str:
    """The archive that the page's address names; "" for the one that is open first."""
    return str(dict(request.query_params).get("archive", ""))


def no_archive(problem: str) -> str:
    """In place of an archive's header."""
    return (
        "<header class='dl-header'><h1>Dateline</h1>"
        f"<p class='dl-stale' role='alert'>{plain(problem)}</p></header>"
    )


def _option(name: str, count: int | None, chosen: bool) -> str:
    articles = f" ({count:,})" if count is not None else ""
    selected = " selected" if chosen else ""
    return f"<option value='{plain(name)}'{selected}>{plain(name)}{articles}</option>"

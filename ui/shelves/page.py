"""The archive page: its parts, and which event goes to which handler."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from ui.library import Library
from ui.shelves import masthead, render
from ui.shelves.handlers import Handlers, View

STATIC = Path(__file__).parent / "static"


def build(page: gr.Blocks, library: Library, received: Path) -> None:
    """Adds the page to that of the chat, under an address of its own.

    Args:
        received: the folder of Gradio's uploads.
    """
    with page.route("Archive", masthead.ARCHIVE, show_in_navbar=False):
        _wire(page, _lay_out(), Handlers(library, received))


@dataclass(frozen=True)
class _Parts:
    header: gr.HTML
    nav: gr.HTML
    overview: gr.HTML
    zone: gr.HTML
    report: gr.HTML
    words: gr.Textbox
    list: gr.HTML
    pane: gr.HTML
    name: gr.Textbox
    create: gr.Button
    created: gr.HTML
    view: gr.State


def _lay_out() -> _Parts:
    with gr.Row(elem_id="dl-top"):
        header = gr.HTML()
        nav = masthead.lay_out()
    with gr.Row(elem_id="dl-main"):
        with gr.Column(elem_id="dl-shelves"):
            overview = gr.HTML(elem_id="dl-overview")
            zone = gr.HTML(elem_id="dl-drop", js_on_load=_script("drop"))
            report = gr.HTML(elem_id="dl-report")
            words = gr.Textbox(
                label="Search by words", placeholder="Words of an article", elem_id="dl-words"
            )
            listed = gr.HTML(elem_id="dl-list", js_on_load=_script("list"))
            name, create, created = _new()
            gr.HTML(render.confirmation())
        pane = gr.HTML(render.waiting(), elem_id="dl-source", js_on_load=_script("pane"))
    return _Parts(
        header, nav, overview, zone, report, words, listed, pane, name, create, created,
        gr.State(View()),
    )  # fmt: skip


def _new() -> tuple[gr.Textbox, gr.Button, gr.HTML]:
    with gr.Row(elem_id="dl-new"):
        name = gr.Textbox(label="A new archive", placeholder="its name", max_length=64)
        create = gr.Button("Make it", size="sm")
    return name, create, gr.HTML(elem_id="dl-created", js_on_load=_script("created"))


def _script(name: str) -> str:
    return (STATIC / f"{name}.js").read_text(encoding="utf-8")


def _wire(page: gr.Blocks, parts: _Parts, do: Handlers) -> None:
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    holdings = [parts.nav, parts.header, parts.overview, parts.list]

    page.load(do.open, None, [*holdings, parts.zone], **quiet)
    parts.words.submit(do.search, parts.words, [parts.list, parts.view], **quiet)
    parts.list.select(do.turn, parts.view, [parts.list, parts.view], **quiet)
    parts.list.click(do.show, parts.view, parts.pane, **quiet)
    parts.list.delete(do.remove, parts.view, [*holdings, parts.report], **quiet)
    parts.zone.upload(do.add, parts.view, [*holdings, parts.report], **quiet)
    for event in (parts.name.submit, parts.create.click):
        event(do.create, parts.name, parts.created, **quiet)

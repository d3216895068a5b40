"""The page: its parts, and which event goes to which handler."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from ui.chat import source
from ui.chat.archive import Offer
from ui.chat.handlers import Handlers
from ui.library import Choice, Library
from ui.shelves import masthead
from ui.shelves import page as shelves

STATIC = Path(__file__).parent / "static"


def build(library: Choice, offer: Offer | None, received: Path) -> gr.Blocks:
    """A chat with the archives of a library, and their own page; `ui.serve` shows both.

    Args:
        offer: asked, as the page opens, for a language model that the visitor may turn on.
        received: the folder of Gradio's uploads.
    """
    title = f"{library.open('').status().name} · Dateline"
    page = gr.Blocks(title=title, analytics_enabled=False, fill_width=True)
    with page:
        parts = _lay_out()
        _wire(page, parts, Handlers(library, offer))
        page.queue(default_concurrency_limit=8)
        if isinstance(library, Library):
            masthead.wire(page, parts.nav, library)
    if isinstance(library, Library):
        shelves.build(page, library, received)
    return page


@dataclass(frozen=True)
class _Parts:
    header: gr.HTML
    nav: gr.HTML
    day: gr.Textbox
    warning: gr.HTML
    writer: gr.Button
    renew: gr.Button
    chat: gr.Chatbot
    box: gr.Textbox
    source: gr.HTML
    conversation: gr.State
    llm: gr.State


def _lay_out() -> _Parts:
    with gr.Row(elem_id="dl-top"):
        header = gr.HTML()
        nav = masthead.lay_out()
        with gr.Row(elem_id="dl-bar"):
            warning = gr.HTML()
            day = gr.Textbox(label="As of", placeholder="today", elem_id="dl-day")
            writer = gr.Button(visible=False, size="sm", elem_id="dl-writer")
            renew = gr.Button("New conversation", size="sm", elem_id="dl-renew")
    with gr.Row(elem_id="dl-main"):
        with gr.Column(elem_id="dl-talk"):
            chat = _chat()
            box = _box()
        pane = gr.HTML(
            source.waiting(),
            elem_id="dl-source",
            js_on_load=(STATIC / "source.js").read_text(encoding="utf-8"),
        )
    return _Parts(
        header, nav, day, warning, writer, renew, chat, box, pane, gr.State(()), gr.State("")
    )  # fmt: skip


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="dl-chat",
        show_label=False,
        container=False,
        height="100%",
        layout="panel",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        autoscroll=False,
    )


def _box() -> gr.Textbox:
    return gr.Textbox(
        label="Question",
        show_label=False,
        container=False,
        autofocus=True,
        submit_btn="Ask",
        elem_id="dl-box",
    )


def _wire(page: gr.Blocks, parts: _Parts, do: Handlers) -> None:
    # Private: the page's events are no programming interface; `rag.Archive` is.
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    given = [parts.day, parts.conversation, parts.llm]
    asking = [parts.box, parts.warning, parts.chat, parts.conversation]
    stopped = [parts.box, parts.chat, parts.conversation]
    cleared = [*stopped, parts.source]

    page.load(do.open, None, [parts.header, parts.box, parts.chat], **quiet)
    page.load(do.offer_model, None, parts.writer, **quiet)
    parts.writer.click(do.switch_model, parts.llm, [parts.writer, parts.llm], **quiet)
    parts.day.blur(do.check_day, parts.day, parts.warning, **quiet)
    parts.source.click(do.show, parts.conversation, parts.source, **quiet)
    asked = parts.box.submit(do.ask, [parts.box, *given], asking, **quiet)
    chosen = parts.chat.example_select(do.ask_example, given, asking, **quiet)
    parts.box.stop(do.stop, parts.conversation, stopped, cancels=[asked, chosen], **quiet)
    for event in (asked, chosen):
        event.failure(do.stop, parts.conversation, stopped, **quiet)
    parts.renew.click(do.clear, None, cleared, cancels=[asked, chosen], **quiet)

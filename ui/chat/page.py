"""The page: its parts, and which event goes to which handler."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from ui.chat import bar, follow_up, source
from ui.chat.archive import Offer
from ui.chat.handlers import Handlers
from ui.keep import part
from ui.keep.events import Keeping
from ui.keep.keeper import Keeper
from ui.library import Choice, Library
from ui.shelves import masthead
from ui.shelves import page as shelves

STATIC = Path(__file__).parent / "static"


def build(library: Choice, offer: Offer | None, keep: bool, received: Path) -> gr.Blocks:
    """A chat with the archives of a library, and their own page; `ui.serve` shows both.

    Args:
        offer: asked, as the page opens, for a language model that the visitor may turn on.
        keep: whether conversations are kept on disk.
        received: the folder of Gradio's uploads.
    """
    title = f"{library.first} · Dateline"
    keeping = Keeping(library.first, Keeper(keep))
    page = gr.Blocks(title=title, analytics_enabled=False, fill_width=True)
    with page:
        parts = _lay_out()
        _wire(page, parts, Handlers(library, keeping.keep, offer), keeping)
        page.queue(default_concurrency_limit=8, max_size=100)
        if isinstance(library, Library):
            masthead.wire(page, parts.nav, library)
    if isinstance(library, Library):
        shelves.build(page, library, received)
    return page


@dataclass(frozen=True)
class _Parts:
    header: gr.HTML
    nav: gr.HTML
    kept: gr.HTML
    bar: bar.Bar
    writer: gr.Button
    renew: gr.Button
    chat: gr.Chatbot
    box: gr.Textbox
    source: gr.HTML
    ask_next: gr.HTML
    conversation: gr.State
    llm: gr.State


def _lay_out() -> _Parts:
    with gr.Row(elem_id="dl-top"):
        header = gr.HTML()
        nav = masthead.lay_out()
        with gr.Row(elem_id="dl-bar"):
            writer = gr.Button(visible=False, size="sm", elem_id="dl-writer")
            renew = gr.Button("New conversation", size="sm", elem_id="dl-renew")
    scope = bar.lay_out()
    with gr.Row(elem_id="dl-main"):
        kept = part.lay_out()
        with gr.Column(elem_id="dl-talk"):
            chat = _chat()
            box = _box()
        pane = gr.HTML(
            source.waiting(),
            elem_id="dl-source",
            js_on_load=(STATIC / "source.js").read_text(encoding="utf-8"),
        )
    ask_next = follow_up.lay_out()
    states = gr.State(()), gr.State("")
    return _Parts(header, nav, kept, scope, writer, renew, chat, box, pane, ask_next, *states)


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


def _wire(page: gr.Blocks, parts: _Parts, do: Handlers, keeping: Keeping) -> None:
    # Private: the page's events are no programming interface; `rag.Archive` is.
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    given = [parts.conversation, parts.llm, *parts.bar.fields]
    asking = [parts.box, parts.bar.warning, parts.chat, parts.conversation]
    stopped = [parts.box, parts.chat, parts.conversation]
    cleared = [*stopped, parts.source]

    scope = [parts.bar.outlets, parts.bar.newest]
    page.load(do.open, None, [parts.header, parts.box, parts.chat, *scope], **quiet)
    page.load(do.offer_model, None, parts.writer, **quiet)
    parts.writer.click(do.switch_model, parts.llm, [parts.writer, parts.llm], **quiet)
    page.load(js=bar.SCRIPT.read_text(encoding="utf-8"), **quiet)
    parts.bar.newest.click(do.go_to_newest, None, parts.bar.as_of, **quiet)
    for field in parts.bar.fields:
        field.blur(do.check_bar, parts.bar.fields, parts.bar.warning, **quiet)
    parts.source.click(do.show, parts.conversation, parts.source, **quiet)
    asked = parts.box.submit(do.ask, [parts.box, *given], asking, **quiet)
    chosen = parts.chat.example_select(do.ask_example, given, asking, **quiet)
    followed = parts.ask_next.click(do.ask_next, given[:2], asking, **quiet)
    opened = page.load(keeping.reopen, None, [parts.chat, parts.conversation, parts.kept], **quiet)
    reopened = opened.then(do.reopen, given[:2], [*parts.bar.fields, *asking], **quiet)
    asks: list[Any] = [asked, chosen, followed, reopened]
    ended = [parts.box.stop(do.stop, parts.conversation, stopped, cancels=asks, **quiet)]
    for event in asks:
        ended.append(event.failure(do.stop, parts.conversation, stopped, **quiet))
    ended.append(parts.renew.click(do.clear, None, cleared, cancels=asks, **quiet))
    talk = part.Talk(parts.box, parts.chat, parts.source, parts.conversation)
    part.wire(parts.kept, talk, asks, [*asks, *ended], keeping)

"""The list of conversations on the page, and which event goes to which handler."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from ui.keep.events import Keeping

SCRIPT = Path(__file__).parent.parent / "chat" / "static" / "keep.js"


def lay_out() -> gr.HTML:
    """The list, left of the conversation; it fills as the page opens."""
    return gr.HTML(elem_id="dl-kept", js_on_load=SCRIPT.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Talk:
    """What of the page a conversation fills."""

    box: gr.Textbox
    chat: gr.Chatbot
    source: gr.HTML
    conversation: gr.State


def wire(
    kept: gr.HTML,
    talk: Talk,
    asking: list[Any],
    changing: list[Any],
    do: Keeping,
) -> None:
    """
    Args:
        asking: the events under which an answer is made; opening a conversation ends them.
        changing: the events after which the list may be another.
    """
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    given = talk.conversation
    turned = [talk.box, talk.source, talk.chat, talk.conversation, kept]
    kept.select(do.open, given, turned, cancels=asking, **quiet)
    kept.delete(do.delete, given, turned, cancels=asking, **quiet)
    kept.edit(do.rename, given, kept, **quiet)
    kept.copy(do.hand_over, given, kept, **quiet)
    kept.like(do.judge, given, [talk.chat, talk.conversation], **quiet)
    for event in changing:
        event.then(do.list, given, kept, **quiet)

"""Questions to ask next, under the last answer; each is a link that asks it (`#ask-2-1`)."""

import re
from pathlib import Path

import gradio as gr

from ui.chat.conversation import Conversation, Turn
from ui.chat.render import plain

SCRIPT = Path(__file__).parent / "static" / "ask.js"


def lay_out() -> gr.HTML:
    """Shows nothing; its `click` comes when a question is chosen, with the link as `ask`."""
    return gr.HTML(
        elem_id="dl-ask-next", padding=False, js_on_load=SCRIPT.read_text(encoding="utf-8")
    )


def links(conversation: Conversation) -> str:
    """What the last answer offers and nobody has asked yet."""
    turn = len(conversation)
    asked = {one.asked for one in conversation}
    rows = "".join(
        f"<li><a class='dl-ask' href='#ask-{turn}-{n}'>{plain(text)}</a></li>"
        for n, text in enumerate(_offered(conversation[-1]), start=1)
        if text not in asked
    )
    heading = "<h2 class='dl-heading'>Ask next</h2>"
    return f"<div class='dl-follow-ups'>{heading}<ul>{rows}</ul></div>" if rows else ""


def chosen(conversation: Conversation, link: str) -> tuple[str, Turn] | None:
    """The question that a link asks, and the turn that offers it; None if it asks none."""
    found = re.fullmatch(r"#ask-([1-9]\d{0,5})-([1-9])", link, re.ASCII)
    if not found or int(found[1]) > len(conversation):
        return None
    turn = conversation[int(found[1]) - 1]
    offered = _offered(turn)
    number = int(found[2])
    return (offered[number - 1], turn) if number <= len(offered) else None


def _offered(turn: Turn) -> tuple[str, ...]:
    return turn.answer.follow_ups if turn.answer else ()

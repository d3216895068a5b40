"""The row under an answer: copy, export, and what its reader thinks of it.

The chat lets only `class` and `id` of a button through, so its id says what it does to which turn.
"""

import re
from dataclasses import replace
from html import escape
from typing import Literal, cast

from ui.chat.conversation import Turn
from ui.keep.model import Kept, Thumb

Action = Literal["copy", "export", "up", "down", "say"]
_ID = re.compile(r"dl-(copy|export|up|down|say)-([1-9]\d{0,5})")


def row(turn: Turn, number: int) -> str:
    """The row of the `number`-th question, counted from 1; empty until there is an answer."""
    if not turn.answer:
        return ""
    buttons = [
        _button("copy", number, "Copy with sources"),
        _button("export", number, "Export"),
        *(_opinion(turn.kept, number) if turn.kept else []),
    ]
    return f"<div class='dl-actions'>{''.join(buttons)}</div>"


def _opinion(kept: Kept, number: int) -> list[str]:
    good, poor = "Good answer", "Poor answer"
    thumbs = [_thumb("up", number, good, kept), _thumb("down", number, poor, kept)]
    if not kept.thumb:
        return thumbs
    words = " ".join(escape(kept.comment).split())
    said = f"<p class='dl-comment'>{words}</p>" if words else ""
    comment = _button("say", number, "Change the comment" if said else "Add a comment")
    return [*thumbs, "<span class='dl-stored' role='status'>Stored</span>", comment, said]


def _thumb(action: Literal["up", "down"], number: int, label: str, kept: Kept) -> str:
    # keep.js says `aria-pressed` by the class, since the chat does not let it through.
    pressed = " dl-pressed" if kept.thumb == action else ""
    return _button(action, number, label, f" dl-thumb dl-{action}{pressed}")


def _button(action: Action, number: int, label: str, look: str = "") -> str:
    name = f"<span class='dl-name'>{label}</span>"
    return (
        f"<button class='dl-action{look}' id='dl-{action}-{number}' title='{label}'>{name}</button>"
    )


def action_of(button: str) -> tuple[Action, int] | None:
    """What the button of that id does, and to which turn; None if there is none.

    >>> action_of("dl-copy-3"), action_of("dl-box")
    (('copy', 3), None)
    """
    found = _ID.fullmatch(button)
    return (cast(Action, found[1]), int(found[2])) if found else None


def opinion(kept: Kept, action: Action, comment: str) -> Kept:
    """What a reader thinks, once a thumb is pressed or a comment given; a thumb pressed again is
    taken back, with its comment."""
    if action == kept.thumb:
        return replace(kept, thumb="", comment="")
    if action in ("up", "down"):
        return replace(kept, thumb=cast(Thumb, action))
    return replace(kept, comment=comment)

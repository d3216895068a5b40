"""Keeps a conversation as it goes on, unless Dateline was told to forget."""

from dataclasses import replace

import gradio as gr

from index.errors import DatelineError
from ui.chat.conversation import Conversation
from ui.keep.model import Shelf
from ui.keep.store import opened


class Keeper:
    """Args: on: whether anything is kept at all."""

    def __init__(self, on: bool = True) -> None:
        self.on = on

    def keep(self, conversation: Conversation, shelf: Shelf) -> Conversation:
        """The conversation, with each turn that is settled kept.

        Where that fails the conversation goes on, and its reader is told once.
        """
        if not self.on or not conversation or not conversation[-1].settled:
            return conversation
        try:
            return _kept(conversation, shelf)
        except DatelineError as error:
            if len(conversation) == 1 or conversation[-2].kept:
                gr.Warning(f"This conversation could not be kept: {error}")
            return conversation


def id_of(conversation: Conversation) -> str:
    """The id under which it is kept; empty if it is not."""
    return next((turn.kept.conversation for turn in reversed(conversation) if turn.kept), "")


def _kept(conversation: Conversation, shelf: Shelf) -> Conversation:
    if conversation[-1].kept:
        return conversation
    with opened() as store:
        grown: Conversation = ()
        for turn in conversation:
            kept = turn.kept or store.append(shelf, turn, id_of(grown))
            grown = (*grown, replace(turn, kept=kept))
    return grown

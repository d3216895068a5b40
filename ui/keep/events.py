"""What the page does with kept conversations; each method answers one kind of event."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import gradio as gr

from index.errors import DatelineError
from ui.chat import source
from ui.chat.conversation import Conversation, Turn, settled
from ui.chat.handlers import messages, ready
from ui.export import conversation_markdown, file_name, markdown
from ui.keep.actions import action_of, opinion
from ui.keep.keeper import Keeper, id_of
from ui.keep.listing import MOST, Errand, listing
from ui.keep.model import Heading, Shelf
from ui.keep.store import Store, opened
from ui.shelves.masthead import chosen

Update = Any  # as in `ui.chat.handlers`
KEPT = (
    "Kept in conversations.sqlite on the machine that runs Dateline; "
    "“dateline export --list” says where."
)
FORGOTTEN = "Nothing here is kept: --forget, or an open address without --auth."


class Keeping:
    """The events of what is kept; each visitor meets their own conversations alone."""

    def __init__(self, first: str, keeper: Keeper) -> None:
        """Args: first: the name of the archive shown where a page's address names none."""
        self.first = first
        self.keeper = keeper

    def keep(self, conversation: Conversation, request: gr.Request) -> Conversation:
        """The conversation, kept as far as it is settled."""
        return self.keeper.keep(conversation, self._shelf(request))

    def list(self, conversation: Conversation, request: gr.Request) -> str:
        """A conversation has changed: the list."""
        return self._list(conversation, request)

    def reopen(self, request: gr.Request) -> tuple[Update, Update, str]:
        """A page is loaded: the conversation that its address names, and the list."""
        turns = self._turns(str(request.query_params.get("c", "")), request)
        shown = (messages(turns), turns) if turns else (gr.skip(), gr.skip())
        return *shown, self._list(turns, request)

    def open(
        self, chosen: gr.EventData, conversation: Conversation, request: gr.Request
    ) -> tuple[Update, ...]:
        """A conversation is chosen, or none; if it has gone, the one on the page stays."""
        key = _said(chosen, "c")
        turns = self._turns(key, request)
        return self._page(turns or settled(conversation) if key else (), request)

    def delete(
        self, chosen: gr.EventData, conversation: Conversation, request: gr.Request
    ) -> tuple[Update, ...]:
        """A conversation is deleted; the one on the page stays, unless it is that."""
        key = _said(chosen, "c")
        if self._heading(key, request):
            with _store() as store:
                store.delete(key)
        return self._page(() if key == id_of(conversation) else settled(conversation), request)

    def rename(self, chosen: gr.EventData, conversation: Conversation, request: gr.Request) -> str:
        """A conversation is renamed: the list."""
        key = _said(chosen, "c")
        if self._heading(key, request):
            with _store() as store:
                store.rename(key, _said(chosen, "title"))
        return self._list(conversation, request)

    def hand_over(
        self, pressed: gr.EventData, conversation: Conversation, request: gr.Request
    ) -> Update:
        """Copy or export is pressed: the list, and with it the text for the browser."""
        found = action_of(_said(pressed, "act"))
        if not conversation:
            return gr.skip()
        if found is None:
            return self._list(conversation, request, self._all(conversation, request))
        action, number = found
        turn = _turn(conversation, number)
        if turn is None or turn.answer is None:
            return gr.skip()
        file = file_name(turn.asked) if action == "export" else ""
        return self._list(conversation, request, Errand(_key(), markdown(turn.answer), file))

    def judge(
        self, pressed: gr.EventData, conversation: Conversation
    ) -> tuple[Update, Conversation]:
        """A thumb is pressed, or a comment given: chat and conversation."""
        found = action_of(_said(pressed, "act"))
        turn = _turn(conversation, found[1]) if found else None
        if found is None or turn is None or turn.kept is None:
            return gr.skip(), conversation
        with _store() as store:
            kept = store.judge(opinion(turn.kept, found[0], _said(pressed, "comment")))
        changed = tuple(replace(t, kept=kept) if t is turn else t for t in conversation)
        return messages(changed), changed

    def _shelf(self, request: gr.Request) -> Shelf:
        return Shelf(chosen(request) or self.first, request.username or "")

    def _list(
        self, conversation: Conversation, request: gr.Request, errand: Errand | None = None
    ) -> str:
        headings: list[Heading] = []
        where = KEPT if self.keeper.on else FORGOTTEN
        if self.keeper.on:
            try:
                with opened() as store:
                    headings = store.headings(self._shelf(request), MOST)
            except DatelineError as error:
                where = f"Nothing can be kept: {error}."
        return listing(headings, id_of(conversation), where, bool(conversation), errand)

    def _heading(self, key: str, request: gr.Request) -> Heading | None:
        """The visitor's conversation of that id; None if there is none, or it is another's."""
        if not (self.keeper.on and key):
            return None
        with _store() as store:
            return store.heading(key, self._shelf(request))

    def _turns(self, key: str, request: gr.Request) -> Conversation:
        if not self._heading(key, request):
            return ()
        with _store() as store:
            return store.turns(key)

    def _page(self, turns: Conversation, request: gr.Request) -> tuple[Update, ...]:
        listed = self._list(turns, request)
        return ready(), source.waiting(), messages(turns), turns, listed

    def _all(self, conversation: Conversation, request: gr.Request) -> Errand:
        heading = self._heading(id_of(conversation), request)
        title = heading.title if heading else conversation[0].asked
        text = conversation_markdown(conversation, title, self._shelf(request).archive)
        return Errand(_key(), text, file_name(title))


@contextmanager
def _store() -> Iterator[Store]:
    """The store; where it fails, the page says so."""
    try:
        with opened() as store:
            yield store
    except DatelineError as error:
        raise gr.Error(str(error), print_exception=False) from error


def _said(event: gr.EventData, name: str) -> str:
    return str(getattr(event, name, ""))


def _turn(conversation: Conversation, number: int) -> Turn | None:
    return conversation[number - 1] if number <= len(conversation) else None


def _key() -> str:
    return secrets.token_hex(4)

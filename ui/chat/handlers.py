"""What the page does when something happens on it; each method answers one kind of event.

All state is an argument: the `Conversation` and the language model chosen are the visitor's own,
the archive is the one that the page's address names, and it only reads.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from index.errors import DatelineError
from rag.scope import Scope
from ui.chat import address, bar, follow_up, render, source
from ui.chat.archive import Archive, Offer
from ui.chat.conversation import Conversation, Turn, answers, settled
from ui.chat.reply import reply
from ui.chat.view import view
from ui.keep.departed import departed
from ui.library import Choice
from ui.shelves.masthead import chosen, no_archive

Update = Any  # a component's new value, or Gradio's description of what else changes in it
Keep = Callable[[Conversation, gr.Request], Conversation]  # the same, what is settled of it kept
NOTHING: Any = gr.skip()  # in place of all that an event could change; to yield nothing clears it


class Handlers:
    """The events of one page over the archives of a library."""

    def __init__(self, library: Choice, keep: Keep, offer: Offer | None = None) -> None:
        self.library = library
        self.keep = keep
        self.offer = offer

    def open(self, request: gr.Request) -> tuple[Update, ...]:
        """A page is loaded: header, ask box, chat, and of the bar the outlets to choose from and
        the day that the archive stands on, for what the archive holds now."""
        none = gr.Textbox(interactive=False, submit_btn=False, placeholder="Nothing to ask yet")
        try:
            status = self._archive(request).status()
        except DatelineError as error:
            chat = gr.Chatbot(placeholder="", examples=None)
            return no_archive(str(error)), none, chat, gr.skip(), gr.skip()
        header = render.header(status, date.today())
        scope = bar.outlets(status), bar.newest(status, date.today())
        if not status.articles:
            chat = gr.Chatbot(placeholder=render.nothing_to_ask(), examples=None)
            return header, none, chat, *scope
        examples = [ExampleMessage(text=one) for one in self.library.examples(chosen(request))]
        chat = gr.Chatbot(placeholder=render.welcome(), examples=examples)
        return header, gr.Textbox(interactive=True, placeholder="Ask a question"), chat, *scope

    def offer_model(self) -> Update:
        """A page is loaded: the button that turns a language model on, if there is one."""
        llm = self.offer() if self.offer else None
        return writer_button(llm, on=False)

    def switch_model(self, on: str) -> tuple[Update, str]:
        """The button is pressed: itself, and the model that writes from now on, or none."""
        if on:
            return writer_button(on, on=False), ""
        llm = self.offer() if self.offer else None
        return writer_button(llm, on=llm is not None), llm or ""

    def reopen(
        self, conversation: Conversation, llm: str, request: gr.Request
    ) -> Iterator[tuple[Update, ...]]:
        """A page is loaded: the bar's fields as its address has them, then as a question is sent;
        one that cannot be asked waits in its box. A kept conversation comes before that."""
        asked = address.read(parse_qs(str(request.query_params)))
        if asked == address.NOTHING:
            yield NOTHING
            return
        fields: tuple[Update, ...] = (asked.as_of, asked.first, asked.last, list(asked.outlets))
        if conversation:
            yield *fields, *[gr.skip()] * 4
            return
        for box, warning, *rest in self.ask(asked.question, conversation, llm, request, *fields):
            yield *fields, asked.question if warning else box, warning, *rest
            fields = (gr.skip(),) * len(fields)

    def go_to_newest(self, request: gr.Request) -> str:
        """The button beside the "As of" field is pressed: the day of the newest article."""
        last = self._archive(request).status().last
        return last.isoformat() if last else ""

    def check_bar(self, request: gr.Request, *typed: Any) -> str:
        """A field of the bar is left: a warning if one holds what cannot be asked."""
        try:
            self._read(request, *typed)
        except DatelineError as error:
            return render.warning(str(error))
        return render.warning("")

    def _read(self, request: gr.Request, *typed: Any) -> tuple[date | None, Scope]:
        day, scope = bar.read(*typed)
        return day, self._archive(request).known(scope)

    def _archive(self, request: gr.Request) -> Archive:
        return self.library.open(chosen(request))

    def ask(
        self, asked: str, conversation: Conversation, llm: str, request: gr.Request, *typed: Any
    ) -> Iterator[tuple[Update, str, Update, Update]]:
        """A question is sent: ask box, warning, chat and conversation, step by step.

        Args:
            typed: the bar's fields, as `bar.read` takes them.
        """
        warning = self.check_bar(request, *typed)
        if warning or not asked.strip():
            yield gr.skip(), warning, gr.skip(), gr.skip()
            return
        day, scope = self._read(request, *typed)
        turn = Turn(asked.strip(), day, scope=scope)
        yield from self._answer(turn, conversation, llm, request)

    def _answer(
        self, turn: Turn, conversation: Conversation, llm: str, request: gr.Request
    ) -> Iterator[tuple[Update, str, Update, Update]]:
        """Ask box, warning, chat and conversation, step by step."""
        box: Update = gr.Textbox(value="", submit_btn=False, stop_btn="Stop")
        for further in self._turn(turn, conversation, llm, chosen(request)):
            grown = self.keep((*conversation, further), request)
            yield box, "", messages(grown), grown
            box = gr.skip()
        yield ready(), "", gr.skip(), grown

    def ask_example(
        self,
        example: gr.SelectData,
        conversation: Conversation,
        llm: str,
        request: gr.Request,
        *typed: Any,
    ) -> Iterator[tuple[Update, str, Update, Update]]:
        """An example question is clicked."""
        yield from self.ask(example.value["text"], conversation, llm, request, *typed)

    def ask_next(
        self, clicked: gr.EventData, conversation: Conversation, llm: str, request: gr.Request
    ) -> Iterator[tuple[Update, str, Update, Update]]:
        """A question offered under an answer is clicked: asked in that answer's scope."""
        found = follow_up.chosen(conversation, str(getattr(clicked, "ask", "")))
        if found is None:
            yield NOTHING
            return
        asked, turn = found
        turn = Turn(asked, turn.as_of, scope=turn.scope)
        yield from self._answer(turn, conversation, llm, request)

    def _turn(self, turn: Turn, conversation: Conversation, llm: str, name: str) -> Iterator[Turn]:
        yield turn
        try:
            archive = self.library.open(name)
            archive = archive.written_by(llm) if llm else archive
            history = answers(conversation)
            for piece in archive.stream(turn.asked, turn.as_of, None, history, scope=turn.scope):
                turn = turn.after(piece)
                yield turn
        except DatelineError as error:
            yield replace(turn, problem=str(error))

    def stop(
        self, conversation: Conversation, request: gr.Request
    ) -> tuple[Update, Update, Conversation]:
        """An answer is stopped, or failed: ask box, chat and conversation, ready for the next."""
        done = self.keep(settled(conversation), request)
        return ready(), messages(done), done

    def show(
        self, clicked: gr.EventData, conversation: Conversation, request: gr.Request
    ) -> Update:
        """A citation is clicked: the source pane."""
        opened = view(conversation, str(getattr(clicked, "cite", "")))
        if opened is None:
            return gr.skip()
        try:
            archive = self._archive(request)
            told = [
                (archive.article(one.article_id), one) for one in archive.story(opened.article_id)
            ]
            return source.pane(archive.article(opened.article_id), opened, told)
        except DatelineError as error:
            return departed(opened.opened, error) if opened.opened else source.problem(str(error))

    def clear(self) -> tuple[Update, Update, Conversation, str]:
        """A new conversation: ask box, chat, conversation and source pane."""
        return ready(), [], (), source.waiting()


def writer_button(llm: str | None, on: bool) -> gr.Button:
    """The button of a language model, by its name; hidden without one."""
    name = (llm or "").partition(":")[2]
    label = f"Writing with {name}" if on else f"Write with {name}"
    return gr.Button(label, visible=llm is not None, elem_classes=["dl-on"] if on else [])


def ready() -> gr.Textbox:
    """The ask box, waiting for a question."""
    return gr.Textbox(submit_btn="Ask", stop_btn=False)


def messages(conversation: Conversation) -> list[dict[str, str]]:
    """The conversation as Gradio's Chatbot takes it."""
    shown = []
    for number, turn in enumerate(conversation, start=1):
        shown.append({"role": "user", "content": render.question(turn)})
        shown.append({"role": "assistant", "content": reply(turn, number)})
    if shown:
        shown[-1]["content"] += follow_up.links(conversation)
    return shown

"""What the page does when something happens on it; each method answers one kind of event.

All state is an argument: the `Conversation` and the language model chosen are the visitor's own,
the archive is the one that the page's address names, and it only reads.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from index.errors import DatelineError
from ui.chat import render, source
from ui.chat.archive import Offer
from ui.chat.as_of import read_day
from ui.chat.conversation import Conversation, Turn, answers, cited, settled
from ui.library import Choice
from ui.shelves.masthead import chosen, no_archive

Update = Any  # a component's new value, or Gradio's description of what else changes in it


class Handlers:
    """The events of one page over the archives of a library."""

    def __init__(self, library: Choice, offer: Offer | None = None) -> None:
        self.library = library
        self.offer = offer

    def open(self, request: gr.Request) -> tuple[str, Update, Update]:
        """A page is loaded: header, ask box and chat, for what the archive holds now."""
        none = gr.Textbox(interactive=False, submit_btn=False, placeholder="Nothing to ask yet")
        try:
            status = self.library.open(chosen(request)).status()
        except DatelineError as error:
            return no_archive(str(error)), none, gr.Chatbot(placeholder="", examples=None)
        header = render.header(status, date.today())
        if not status.articles:
            return header, none, gr.Chatbot(placeholder=render.nothing_to_ask(), examples=None)
        examples = [ExampleMessage(text=one) for one in self.library.examples(chosen(request))]
        chat = gr.Chatbot(placeholder=render.welcome(), examples=examples)
        return header, gr.Textbox(interactive=True, placeholder="Ask a question"), chat

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

    def check_day(self, day: str) -> str:
        """The "As of" field is left: a warning if it holds no day."""
        try:
            read_day(day)
        except DatelineError as error:
            return render.warning(str(error))
        return render.warning("")

    def ask(
        self, asked: str, day: str, conversation: Conversation, llm: str, request: gr.Request
    ) -> Iterator[tuple[Update, str, Update, Conversation]]:
        """A question is sent: ask box, warning, chat and conversation, step by step."""
        warning = self.check_day(day)
        if warning or not asked.strip():
            yield gr.skip(), warning, gr.skip(), conversation
            return
        box: Update = gr.Textbox(value="", submit_btn=False, stop_btn="Stop")
        for turn in self._turn(
            Turn(asked.strip(), read_day(day)), conversation, llm, chosen(request)
        ):
            grown = (*conversation, turn)
            yield box, "", messages(grown), grown
            box = gr.skip()
        yield ready(), "", gr.skip(), grown

    def ask_example(
        self,
        example: gr.SelectData,
        day: str,
        conversation: Conversation,
        llm: str,
        request: gr.Request,
    ) -> Iterator[tuple[Update, str, Update, Conversation]]:
        """An example question is clicked."""
        yield from self.ask(example.value["text"], day, conversation, llm, request)

    def _turn(self, turn: Turn, conversation: Conversation, llm: str, name: str) -> Iterator[Turn]:
        yield turn
        try:
            archive = self.library.open(name)
            archive = archive.written_by(llm) if llm else archive
            history = answers(conversation)
            for piece in archive.stream(turn.asked, as_of=turn.as_of, history=history):
                turn = turn.after(piece)
                yield turn
        except DatelineError as error:
            yield replace(turn, problem=str(error))

    def stop(self, conversation: Conversation) -> tuple[Update, Update, Conversation]:
        """An answer is stopped, or failed: ask box, chat and conversation, ready for the next."""
        done = settled(conversation)
        return ready(), messages(done), done

    def show(
        self, clicked: gr.EventData, conversation: Conversation, request: gr.Request
    ) -> Update:
        """A citation is clicked: the source pane."""
        found = cited(conversation, str(getattr(clicked, "cite", "")))
        if found is None:
            return gr.skip()
        citation, sources = found
        try:
            archive = self.library.open(chosen(request))
            return source.pane(archive.article(citation.article_id), citation, sources)
        except DatelineError as error:
            return source.problem(str(error))

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
        shown.append({"role": "assistant", "content": render.reply(turn, number)})
    return shown

"""What the page does when something happens on it; each method answers one kind of event.

All state is an argument: the `Conversation` and the language model chosen are the visitor's own,
and the archive only reads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from index.errors import DatelineError
from ui.chat import follow_up, render, source
from ui.chat.archive import Archive, Offer
from ui.chat.as_of import read_day
from ui.chat.conversation import Conversation, Turn, answers, settled
from ui.chat.reply import reply
from ui.chat.view import view

Update = Any  # a component's new value, or Gradio's description of what else changes in it


class Handlers:
    """The events of one page over one archive."""

    def __init__(
        self, archive: Archive, examples: Sequence[str], offer: Offer | None = None
    ) -> None:
        self.archive = archive
        self.offer = offer
        self.examples = [ExampleMessage(text=example) for example in examples]

    def open(self) -> tuple[str, Update, Update]:
        """A page is loaded: header, ask box and chat, for what the archive holds now."""
        status = self.archive.status()
        header = render.header(status, date.today())
        if not status.articles:
            box = gr.Textbox(interactive=False, submit_btn=False, placeholder="Nothing to ask yet")
            return header, box, gr.Chatbot(placeholder=render.nothing_to_ask(), examples=None)
        chat = gr.Chatbot(placeholder=render.welcome(), examples=self.examples)
        return header, gr.Textbox(interactive=True, placeholder="Ask a question"), chat

    def offer_model(self) -> Update:
        """A page is loaded: the button that turns a language model on, if there is one."""
        llm = self.offer() if self.offer else None
        return writer_button(llm, on=False)

    def switch_model(self, chosen: str) -> tuple[Update, str]:
        """The button is pressed: itself, and the model that writes from now on, or none."""
        if chosen:
            return writer_button(chosen, on=False), ""
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
        self, asked: str, day: str, conversation: Conversation, llm: str
    ) -> Iterator[tuple[Update, str, Update, Conversation]]:
        """A question is sent: ask box, warning, chat and conversation, step by step."""
        warning = self.check_day(day)
        if warning or not asked.strip():
            yield gr.skip(), warning, gr.skip(), conversation
            return
        box: Update = gr.Textbox(value="", submit_btn=False, stop_btn="Stop")
        for turn in self._turn(Turn(asked.strip(), read_day(day)), conversation, llm):
            grown = (*conversation, turn)
            yield box, "", messages(grown), grown
            box = gr.skip()
        yield ready(), "", gr.skip(), grown

    def ask_example(
        self, chosen: gr.SelectData, day: str, conversation: Conversation, llm: str
    ) -> Iterator[tuple[Update, str, Update, Conversation]]:
        """An example question is clicked."""
        yield from self.ask(chosen.value["text"], day, conversation, llm)

    def ask_next(
        self, clicked: gr.EventData, conversation: Conversation, llm: str
    ) -> Iterator[tuple[Update, str, Update, Conversation]]:
        """A question offered under an answer is clicked: asked as of the same day."""
        found = follow_up.chosen(conversation, str(getattr(clicked, "ask", "")))
        if found is None:
            yield gr.skip(), "", gr.skip(), conversation
            return
        asked, turn = found
        day = turn.as_of.isoformat() if turn.as_of else ""
        yield from self.ask(asked, day, conversation, llm)

    def _turn(self, turn: Turn, conversation: Conversation, llm: str) -> Iterator[Turn]:
        yield turn
        try:
            archive = self.archive.written_by(llm) if llm else self.archive
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

    def show(self, clicked: gr.EventData, conversation: Conversation) -> Update:
        """A citation is clicked: the source pane."""
        opened = view(conversation, str(getattr(clicked, "cite", "")))
        if opened is None:
            return gr.skip()
        try:
            story = self.archive.story(opened.article_id)
            told = [(self.archive.article(one.article_id), one) for one in story]
            return source.pane(self.archive.article(opened.article_id), opened, told)
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
        shown.append({"role": "assistant", "content": reply(turn, number)})
    if shown:
        shown[-1]["content"] += follow_up.links(conversation)
    return shown

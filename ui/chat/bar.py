"""The bar: the day a question is asked from, and the days and outlets that it keeps to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import gradio as gr

from index.errors import DatelineError
from index.published import parse_published
from rag.period import written
from rag.scope import Scope
from ui.chat.archive import Status

SCRIPT = Path(__file__).parent / "static" / "address.js"
OLD = timedelta(days=365)


@dataclass(frozen=True)
class Bar:
    """Its parts; `fields` are what `read` takes, in that order."""

    as_of: gr.Textbox
    first: gr.Textbox
    last: gr.Textbox
    outlets: gr.Dropdown
    newest: gr.Button
    warning: gr.HTML

    @property
    def fields(self) -> list[gr.Textbox | gr.Dropdown]:
        return [self.as_of, self.first, self.last, self.outlets]


def lay_out() -> Bar:
    with gr.Row(elem_id="dl-scope"):
        as_of = gr.Textbox(label="As of", placeholder="today", elem_id="dl-day")
        newest = gr.Button(visible=False, size="sm", elem_id="dl-newest")
        first = gr.Textbox(label="From", placeholder="the first day", elem_id="dl-from")
        last = gr.Textbox(label="To", placeholder="the last day", elem_id="dl-to")
        outlets = gr.Dropdown(
            [],
            multiselect=True,
            allow_custom_value=True,  # an address may name one that is not here, and is told so
            label="Outlets",
            elem_id="dl-outlets",
        )
        warning = gr.HTML()
    return Bar(as_of, first, last, outlets, newest, warning)


def read(as_of: str, first: str, last: str, outlets: Sequence[str]) -> tuple[date | None, Scope]:
    """The day asked from, None for today, and the scope that the fields hold.

    Raises:
        DatelineError: a field holds no day, or the window ends before it begins.
    """
    day = read_day("As of", as_of)
    window = read_day("From", first), read_day("To", last)
    return day, Scope(*window, tuple(outlets or ()))


def read_day(label: str, text: str) -> date | None:
    """The day written in a field; None if it is left empty.

    >>> read_day("As of", " 2020-06-30 ") == read_day("As of", "30 June 2020")
    True
    >>> read_day("From", "30/6/20")
    Traceback (most recent call last):
    index.errors.DatelineError: From: “30/6/20” is not a day: write it as 2020-06-30, or leave it \
empty
    """
    typed = text.strip()
    if not typed:
        return None
    found = parse_published(typed)
    if found is None:
        cure = "write it as 2020-06-30, or leave it empty"
        raise DatelineError(f"{label}: “{typed}” is not a day", cure)
    return date.fromisoformat(found[:10])


def outlets(status: Status) -> gr.Dropdown:
    """The outlets to choose from; nothing to choose where there are fewer than two."""
    names = sorted((name for name in status.outlets if name), key=str.casefold)
    return gr.Dropdown(choices=names, visible=len(names) > 1)


def newest(status: Status, today: date) -> gr.Button:
    """Where the newest article is old: a click asks as of its day."""
    last = status.last
    if last is None or today - last <= OLD:
        return gr.Button(visible=False)
    return gr.Button(f"Go to {written(last)}", visible=True)

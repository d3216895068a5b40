"""The source pane's HTML: a whole article with the quoted words marked.

Articles are hostile until escaped; the pane shows this HTML as it is.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from index.article import Article, Block, Kind
from index.sentences import Span
from ui.chat.about import about, where
from ui.chat.bold import bold
from ui.chat.conversation import address
from ui.chat.tellings import Told, tellings
from ui.chat.view import View

LABELS: dict[Kind, str] = {"caption": "Caption", "aside": "Set apart", "credit": "Credit"}


def waiting() -> str:
    """The pane before anything is opened."""
    return _pane("<p class='dl-hint'>Click a number in an answer to read its source here.</p>")


def problem(text: str) -> str:
    return _pane(f"<p class='dl-problem' role='alert'>{escape(text)}</p>")


def pane(
    article: Article, view: View, told: Sequence[Told] = (), words: Sequence[Span] = ()
) -> str:
    """An article; what was opened in it is marked strongly, its other sources lightly.

    Args:
        told: the articles that tell its story, itself too.
        words: of its text, those that a search was for.
    """
    body = "".join(_blocks(article, view, words))
    return _pane(
        f"{_head(article, view)}{about(article)}<div class='dl-body'>{body}</div>"
        f"{tellings(article, told, view.turn)}"
    )


def _pane(body: str) -> str:
    return f"<article class='dl-article'>{body}</article>"


def _head(article: Article, view: View) -> str:
    title = f"<h2 tabindex='-1'>{escape(article.heading)}</h2>"
    place = f"<p class='dl-where'>{escape(where(article))}</p>"
    return f"<header class='dl-head'>{_steps(view)}{place}{title}</header>"


def _steps(view: View) -> str:
    """To the sources before and after, and back to the answer."""
    place = f"<span>{view.place} of {len(view.sources)}</span>" if view.place else ""
    return (
        "<nav class='dl-steps' aria-label='Sources of the answer'>"
        "<a class='dl-back' href='#dl-chat' aria-keyshortcuts='Escape'>Back to the answer</a>"
        f"{_step(view, -1, 'Previous source', 'k')}{place}"
        f"{_step(view, 1, 'Next source', 'j')}</nav>"
    )


def _step(view: View, step: int, label: str, key: str) -> str:
    citation = view.beside(step)
    if citation is None:
        return ""
    link = address(view.turn, citation)
    return (
        f"<a class='dl-step' href='{link}' aria-keyshortcuts='{key}'>"
        f"{label} <kbd aria-hidden='true'>{key}</kbd></a>"
    )


def _blocks(article: Article, view: View, words: Sequence[Span]) -> Iterator[str]:
    for block in article.blocks:
        for paragraph in _paragraphs(article.text, block):
            text = "".join(_marked(article.text, paragraph, view, words))
            if block.kind == "body":
                yield f"<p>{text}</p>"
            else:
                label = f"<span class='dl-label'>{LABELS[block.kind]}</span>"
                yield f"<p class='dl-caption'>{label} {text}</p>"


def _paragraphs(text: str, block: Block) -> Iterator[Span]:
    for line in re.compile(r"[^\n]*\S[^\n]*").finditer(text, block.start, block.end):
        yield line.span()


def _marked(text: str, paragraph: Span, view: View, words: Sequence[Span]) -> Iterator[str]:
    """A paragraph, cut wherever a quote begins or ends."""
    opened, others = view.opened, view.here
    start, end = paragraph
    quotes = [*([opened] if opened else []), *others]
    edges = {edge for c in quotes for edge in (c.start, c.end) if start < edge < end}
    for left, right in pairwise([start, *sorted(edges), end]):
        piece = bold(text, left, right, words)
        if opened and opened.start <= left < opened.end:
            yield f"<mark class='dl-quoted' tabindex='-1'>{piece}</mark>"
        elif any(c.start <= left < c.end for c in others):
            yield f"<mark class='dl-also'>{piece}</mark>"
        else:
            yield piece

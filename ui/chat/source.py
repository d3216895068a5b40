"""The source pane's HTML: a whole article with the quoted words marked.

Articles are hostile until escaped; the pane shows this HTML as it is.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from index.article import Article, Block, Kind
from rag.answer import Citation
from ui.chat.about import about, where
from ui.chat.conversation import address
from ui.chat.tellings import Told, tellings
from ui.chat.view import View

LABELS: dict[Kind, str] = {"caption": "Caption", "aside": "Set apart", "credit": "Credit"}


def waiting() -> str:
    """The pane before anything is opened."""
    return _pane("<p class='dl-hint'>Click a number in an answer to read its source here.</p>")


def problem(text: str) -> str:
    return _pane(f"<p class='dl-problem' role='alert'>{escape(text)}</p>")


def pane(article: Article, view: View, told: Sequence[Told] = ()) -> str:
    """An article; what was opened in it is marked strongly, its other sources lightly.

    Args:
        told: the articles that tell its story, itself too.
    """
    body = "".join(_blocks(article, view))
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


def _blocks(article: Article, view: View) -> Iterator[str]:
    for block in article.blocks:
        for start, end in _paragraphs(article.text, block):
            text = "".join(_marked(article.text, start, end, view.opened, view.here))
            if block.kind == "body":
                yield f"<p>{text}</p>"
            else:
                label = f"<span class='dl-label'>{LABELS[block.kind]}</span>"
                yield f"<p class='dl-caption'>{label} {text}</p>"


def _paragraphs(text: str, block: Block) -> Iterator[tuple[int, int]]:
    for line in re.compile(r"[^\n]*\S[^\n]*").finditer(text, block.start, block.end):
        yield line.span()


def _marked(
    text: str, start: int, end: int, opened: Citation | None, others: Sequence[Citation]
) -> Iterator[str]:
    """`text[start:end]`, cut wherever a quote begins or ends."""
    quotes = [*([opened] if opened else []), *others]
    edges = {edge for c in quotes for edge in (c.start, c.end) if start < edge < end}
    cuts = [start, *sorted(edges), end]
    for left, right in pairwise(cuts):
        piece = escape(text[left:right])
        if opened and opened.start <= left < opened.end:
            yield f"<mark class='dl-quoted' tabindex='-1'>{piece}</mark>"
        elif any(c.start <= left < c.end for c in others):
            yield f"<mark class='dl-also'>{piece}</mark>"
        else:
            yield piece

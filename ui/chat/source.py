"""The source pane's HTML: a whole article with the quoted words marked.

Articles are hostile until escaped; the pane shows this HTML as it is.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from urllib.parse import urlsplit

from index.article import Article, Block, Kind
from index.known import certainty, in_words
from rag.answer import Citation, day_line

NAMES = {"title": "title", "outlet": "outlet", "authors": "authors", "published": "date"}
LABELS: dict[Kind, str] = {"caption": "Caption", "aside": "Set apart", "credit": "Credit"}
# Shown where the pane lies below the conversation.
BACK = "<a class='dl-back' href='#dl-chat'>Back to the answer</a>"


def waiting() -> str:
    """The pane before anything is opened."""
    return _pane("<p class='dl-hint'>Click a number in an answer to read its source here.</p>")


def problem(text: str) -> str:
    return _pane(f"<p class='dl-problem' role='alert'>{escape(text)}</p>")


def pane(article: Article, opened: Citation, sources: Iterable[Citation]) -> str:
    """An article as opened from a citation.

    Args:
        opened: a citation of this article; its quote is marked strongly.
        sources: all citations of the answer; those of this article are marked lightly.
    """
    others = [c for c in sources if c.article_id == opened.article_id and c != opened]
    return _pane(_head(article, opened) + "".join(_blocks(article, opened, others)))


def _head(article: Article, opened: Citation) -> str:
    title = f"<h2>{escape(article.heading)}</h2>"
    where = f"<p class='dl-where'>{escape(_where(opened))}</p>"
    about = _by(article) + _link(article.url) + _known(article)
    return f"<header class='dl-head'>{BACK}{where}{title}{about}</header>"


def _by(article: Article) -> str:
    names = escape(", ".join(article.authors))
    return f"<p class='dl-by'>By {names}</p>" if names else ""


def _known(article: Article) -> str:
    """Which of what stands above is inferred, and from what; nothing if all is stated."""
    inferred = [
        f"{NAMES[name]} {in_words(origin)}"
        for name, origin in article.known.items()
        if name in NAMES and certainty(origin) == "inferred"
    ]
    if "text" in article.known:
        inferred.append("garbled characters put right")
    words = "; ".join(inferred)
    return f"<p class='dl-known'>{escape(words[:1].upper() + words[1:])}</p>" if words else ""


def _pane(body: str) -> str:
    return f"<article class='dl-article'>{body}</article>"


def _where(citation: Citation) -> str:
    return " · ".join(filter(None, [citation.outlet, day_line(citation)]))


def _link(url: str) -> str:
    """A link to the original; nothing for an address that is not a web page's."""
    if not is_web(url):
        return ""
    safe = escape(url)
    rel = "noopener noreferrer"
    return f"<p class='dl-original'><a href='{safe}' target='_blank' rel='{rel}'>{safe}</a></p>"


def is_web(url: str) -> bool:
    """
    >>> is_web("https://harbour.example/lines"), is_web("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _blocks(article: Article, opened: Citation, others: list[Citation]) -> Iterator[str]:
    for block in article.blocks:
        for start, end in _paragraphs(article.text, block):
            text = "".join(_marked(article.text, start, end, opened, others))
            if block.kind == "body":
                yield f"<p>{text}</p>"
            else:
                label = f"<span class='dl-label'>{LABELS[block.kind]}</span>"
                yield f"<p class='dl-caption'>{label} {text}</p>"


def _paragraphs(text: str, block: Block) -> Iterator[tuple[int, int]]:
    for line in re.compile(r"[^\n]*\S[^\n]*").finditer(text, block.start, block.end):
        yield line.span()


def _marked(
    text: str, start: int, end: int, opened: Citation, others: list[Citation]
) -> Iterator[str]:
    """`text[start:end]`, cut wherever a quote begins or ends."""
    edges = {edge for c in (opened, *others) for edge in (c.start, c.end) if start < edge < end}
    cuts = [start, *sorted(edges), end]
    for left, right in pairwise(cuts):
        piece = escape(text[left:right])
        if opened.start <= left < opened.end:
            yield f"<mark class='dl-quoted'>{piece}</mark>"
        elif any(c.start <= left < c.end for c in others):
            yield f"<mark class='dl-also'>{piece}</mark>"
        else:
            yield piece

"""What is known of an article beside its text, and how."""

from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from index.article import Article
from index.known import certainty, in_words
from rag.period import written
from ui.languages import named


def about(article: Article) -> str:
    """A table: a field, what it holds, and where that is from if the source does not state it."""
    rows = [
        _row(article, "outlet", "Outlet", escape(article.outlet)),
        _row(article, "published", "Published", published(article)),
        _row(article, "authors", "By", escape(", ".join(article.authors))),
        _row(article, "place", "Filed from", escape(article.place)),
        _row(article, "language", "Language", escape(named(article.language))),
        _row(article, "url", "Original", _link(article.url)),
    ]
    if certainty(article.known.get("title")) == "inferred":
        rows.append(_row(article, "title", "Title", escape(article.title)))
    if "text" in article.known:
        rows.append("<tr><th scope='row'>Text</th><td>garbled characters put right</td></tr>")
    return f"<table class='dl-about'>{''.join(rows)}</table>"


def _row(article: Article, name: str, label: str, shown: str) -> str:
    if not shown:
        return ""
    origin = article.known.get(name)
    inferred = certainty(origin) == "inferred"
    how = f" <span class='dl-how'>{escape(in_words(origin))}</span>" if inferred else ""
    return f"<tr><th scope='row'>{label}</th><td>{shown}{how}</td></tr>"


def published(article: Article) -> str:
    """`9 June 2020, 14:05 (UTC+09:00)`, as exact as known; `about …` if inferred."""
    if article.published is None or article.day is None:
        return "undated"
    about = "about " if article.published_how == "inferred" else ""
    return f"{about}{written(article.day)}{_time(article.published)}"


def where(article: Article) -> str:
    """`Harbour Post · 9 June 2020`"""
    about = "about " if article.published_how == "inferred" else ""
    day = f"{about}{written(article.day)}" if article.day else "undated"
    return " · ".join(filter(None, [article.outlet, day]))


def _time(published: str) -> str:
    if "T" not in published:
        return ""
    moment = datetime.fromisoformat(published)
    return f", {moment:%H:%M}" + (f" ({moment.tzname()})" if moment.tzinfo else "")


def _link(url: str) -> str:
    """A link to the original; nothing for an address that is not a web page's."""
    if not is_web(url):
        return ""
    safe = escape(url)
    rel = "noopener noreferrer"
    return (
        f"<span class='dl-original'><a href='{safe}' target='_blank' rel='{rel}'>{safe}</a></span>"
    )


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

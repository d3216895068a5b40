"""How each field of an article is known: what states it, or what it was inferred from."""

from collections.abc import Mapping
from typing import Literal

Certainty = Literal["stated", "inferred", "unknown"]
Origin = Literal["sidecar", "fields", "markup", "page", "text", "dateline", "url", "name"]

FIELDS = ("title", "outlet", "authors", "published", "url", "place", "language")
STATED: Mapping[str, str] = {
    "sidecar": "metadata.csv",
    "fields": "the file's own fields",
    "markup": "the page's markup",
}
INFERRED: Mapping[str, str] = {
    "page": "what the page shows",
    "text": "the text",
    "dateline": "the dateline",
    "url": "the URL",
    "name": "the file's name",
}


def certainty(origin: str | None) -> Certainty:
    """Of a field with this origin; one without is unknown.

    >>> certainty("markup"), certainty("url"), certainty(None)
    ('stated', 'inferred', 'unknown')
    """
    if origin in STATED:
        return "stated"
    return "inferred" if origin in INFERRED else "unknown"


def in_words(origin: str | None) -> str:
    """Where a field comes from, as a reader is told; empty if unknown.

    >>> in_words("url")
    'from the URL'
    """
    where = STATED.get(origin or "") or INFERRED.get(origin or "")
    return f"from {where}" if where else ""

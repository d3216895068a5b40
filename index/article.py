"""The nouns: an article, its blocks, and the passages cut from it.

Every offset counts characters (Unicode code points, as Python slices do) of `Article.text`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from index.known import Certainty as Certainty

Kind = Literal["body", "caption", "aside", "credit"]


@dataclass(frozen=True, slots=True)
class Block:
    """A span of an article's text that reads as one run.

    Attributes:
        kind: an aside stands between paragraphs and is no sentence: a caption without a credit,
            a heading, a link. A credit names who took a picture or helped with a report; it is
            shown, not searched.
    """

    start: int
    end: int
    kind: Kind = "body"


@dataclass(frozen=True)
class Article:
    """One report, as one outlet published it.

    Attributes:
        text: the clean, final text, without the title; never changed once made.
        title: empty where the source gives none (see `heading`).
        outlet: who published it, as a reader would name it; empty if unknown.
        published: ISO 8601, as exact as known: a day ("2020-06-09"), or a time with its
            zone ("2020-06-09T14:05:00+09:00"). None if unknown.
        published_how: "stated" by the source, "inferred" (from its URL, say), or "unknown".
        source: what identifies it from one `add` to the next: its URL, else its path.
        path: the file it was read from, as given.
        language: ISO 639-1; empty if unknown.
        place: where it was filed, as its dateline has it ("BEIJING"); empty if unknown.
        known: by field, its `Origin`; a field that is not here is unknown. "text" is here, as
            "repaired", if garbled characters were put right.
        blocks: the spans of `text`, in order, without overlap; the whole text unless given.
    """

    text: str
    title: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_how: Certainty = "unknown"
    url: str = ""
    path: str = ""
    language: str = ""
    blocks: tuple[Block, ...] = field(default=())
    place: str = ""
    known: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if not self.blocks:
            object.__setattr__(self, "blocks", (Block(0, len(self.text)),))

    @cached_property
    def id(self) -> str:
        """16 hexadecimal digits of the SHA-256 of what was published, wherever the file lay."""
        content = [self.title, self.text, self.outlet, self.authors, self.published, self.url]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]

    @property
    def source(self) -> str:
        return self.url or self.path

    @property
    def day(self) -> date | None:
        """The day of publication, where the outlet is."""
        return date.fromisoformat(self.published[:10]) if self.published else None

    @property
    def heading(self) -> str:
        """The title, else the first words of the body."""
        start = next((block.start for block in self.blocks if block.kind == "body"), 0)
        return self.title or shorten(self.text[start:], 80)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one block: the unit that is embedded and found."""

    article_id: str
    start: int
    end: int

    @property
    def id(self) -> str:
        return f"{self.article_id}:{self.start}-{self.end}"

    @classmethod
    def of(cls, passage_id: str) -> "Passage":
        """The passage of that id.

        >>> Passage.of("9f86d081884c7d65:0-42").end
        42
        """
        article_id, _, span = passage_id.partition(":")
        start, _, end = span.partition("-")
        return cls(article_id, int(start), int(end))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage with its text and what a citation says of its article."""

    passage: Passage
    text: str
    title: str
    outlet: str
    published: str | None
    published_how: Certainty
    url: str
    published_from: str = ""

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.published[:10]) if self.published else None

    def slice(self, start: int, end: int) -> str:
        """What stands at a span of the article's text that lies within the passage."""
        offset = self.passage.start
        return self.text[start - offset : end - offset]


def shorten(text: str, length: int) -> str:
    """The first line of a text, cut at a word to `length` characters, with an ellipsis if cut.

    >>> shorten("The sluice gates were opened at dawn", 20)
    'The sluice gates…'
    """
    line = text.strip().split("\n", 1)[0]
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

"""What stands between a report's title and its first sentence: who wrote it, and when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.published import LABEL, parse_published

MOST_LINES = 8
LONGEST = 200  # characters
_NAME = r"[A-Z\u00c0-\u00de][\w'’.-]*"
_PERSON = rf"{_NAME}(?:\s(?:(?:de|van|von|der|den|la|le|al|bin|el|da|dos)\s){{0,2}}{_NAME}){{1,3}}"
_AND = r"\s*(?:,\s*and|,|;|\sand|\s&|\swith)\s+"
BYLINE = re.compile(
    rf"(?i:(?:reported|written|words|story|text)?\s?by:?)\s+(?P<names>{_PERSON}(?:{_AND}{_PERSON})*)"
    r"(?P<rest>(?:,\s|\s[|/–—-]\s|\sin\s|\sfor\s|\s\().*)?"
)
_PRESS = (
    r"(?i:post|times|news|press|herald|tribune|gazette|journal|dispatch|courier|chronicle|mail|star"
    r"|observer|guardian|standard|agency|wire|staff|reporter|correspondent|writer|editor|bureau)"
)
SIGNED = re.compile(rf"(?P<names>{_PERSON}(?:\sand\s{_PERSON})?),\s[^.,]*\b{_PRESS}")
NOBODY = re.compile(rf"(?i:staff|the\s|our\s|news|wire|agenc|desk)|.*\b{_PRESS}$")
PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—]\s+")
CHANGED = re.compile(r"(?:last\s)?(?:updated|modified|edited|revised)\b", re.IGNORECASE)
SINCE = re.compile(r",?\s*\(?\b(?:last )?(?:updated|modified)\b.*", re.IGNORECASE)
AGO = re.compile(
    r"(?:(?:published|posted|updated):?\s)?(?:(?:\d+|an?|one)\s(?:min(?:ute)?|hour|hr|day|week|month|year)s?\sago"
    r"|just now|today|yesterday)(?:\sat\s[\d:. apm]+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """
    Attributes:
        published: the day or time that a line above the text gives; None if none does.
        text: what lies below.
    """

    authors: tuple[str, ...]
    published: str | None
    text: str


def read_head(text: str, title: str = "") -> Head:
    """Takes the title's repetition, bylines and dates off the top of a clean text.

    >>> read_head("By Ada Quill\\n9 June 2020\\n\\nThe gates were opened.").authors
    ('Ada Quill',)
    """
    authors: list[str] = []
    published = None
    at = 0
    for line, end in _lines(text):
        if line and line != title:
            parts = list(filter(None, PARTS.split(line)))
            if len(line) > LONGEST or not all(_is_head(part) for part in parts):
                break
            authors += [name for part in parts for name in names_in(part)]
            published = published or next(filter(None, map(date_of, parts)), None)
        at = end
    if at >= len(text):  # nothing lies below: these lines are the text
        return Head((), None, text)
    return Head(tuple(dict.fromkeys(authors)), published, text[at:])


def names_in(byline: str) -> tuple[str, ...]:
    """The people of a byline, without the words around them.

    >>> names_in("By Ada Quill and Ben Roe, Harbour Post")
    ('Ada Quill', 'Ben Roe')
    """
    found = BYLINE.fullmatch(byline) or SIGNED.fullmatch(byline)
    names = re.split(_AND, found["names"]) if found else ()
    return tuple(name.strip() for name in names if not NOBODY.match(name))


def _is_head(part: str) -> bool:
    return bool(
        BYLINE.fullmatch(part)
        or SIGNED.fullmatch(part)
        or CHANGED.match(part)
        or AGO.fullmatch(part)
        or date_of(part)
    )


def date_of(part: str) -> str | None:
    """The day or time that a line, or a part of one, gives and nothing else; None if it does not.

    >>> date_of("Published 9 June 2020")
    '2020-06-09'
    """
    return parse_published(LABEL.sub("", SINCE.sub("", part), count=1))


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The first lines, and where the next of each begins."""
    end = 0
    for line in text.split("\n", MOST_LINES)[:MOST_LINES]:
        end += len(line) + 1
        yield line, end

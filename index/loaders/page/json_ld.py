"""What a page says of its report in JSON-LD, as schema.org has it."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from index.loaders.text.clean import clean_line
from index.loaders.text.head import names_in

ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
BEHIND_ADDRESS = re.compile(r"^\S+@\S+\s+\((.+)\)$")  # as feeds name an author
_WRAPPED = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_SPARE_COMMA = re.compile(r",(?=\s*[}\]])")
_REFERRING = ("author", "publisher", "creator")


def report_in(page: Any) -> Mapping[str, Any]:
    """The first object that is a report, its author and publisher looked up; {} if there is none.

    Args:
        page: an lxml tree of HTML.
    """
    scripts = page.iterfind(".//script[@type='application/ld+json']")
    things = [thing for script in scripts for thing in _objects(_parsed(script.text or ""))]
    by_id = {str(thing["@id"]): thing for thing in things if len(thing) > 1 and "@id" in thing}
    for thing in things:
        types = thing.get("@type")
        if any(ARTICLE.search(str(t)) for t in (types if isinstance(types, list) else [types])):
            found = {name: _looked_up(thing.get(name), by_id) for name in _REFERRING}
            return {**thing, **found}
    return {}


def name_of(thing: object) -> str:
    """Of a person or an organisation: `{"name": …}`, a list of such, or the bare name."""
    first = next(iter(thing), None) if isinstance(thing, list) else thing
    name = first.get("name") if isinstance(first, dict) else first
    if isinstance(name, list):
        name = next(iter(name), None)
    return clean_line(unescape(name)) if isinstance(name, str) and "://" not in name else ""


def people_in(stated: object) -> tuple[str, ...]:
    """The names of one or many, however they are given.

    >>> people_in([{"name": "By Ada Quill and Ben Roe"}, "Cy Lo"])
    ('Ada Quill', 'Ben Roe', 'Cy Lo')
    """
    things = stated if isinstance(stated, list) else [stated]
    people: list[str] = []
    for name in filter(None, map(name_of, things)):
        name = BEHIND_ADDRESS.sub(r"\1", name)
        people += names_in(f"By {re.sub('^by ', '', name, flags=re.IGNORECASE)}") or [name]
    return tuple(dict.fromkeys(people))


def _parsed(source: str) -> object:
    """None for what cannot be read; comments around it and commas too many are passed over."""
    for written in (source, _SPARE_COMMA.sub("", _WRAPPED.sub("", source))):
        try:
            return json.loads(written, strict=False)
        except (ValueError, RecursionError):  # written by hand on many pages
            continue
    return None


def _objects(stated: object) -> Iterator[Mapping[str, Any]]:
    """Every object at the top, in a list, in an `@graph` or as a page's main entity."""
    waiting = [stated]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting[:0] = thing
        elif isinstance(thing, dict):
            yield thing
            waiting[:0] = [thing.get("@graph"), thing.get("mainEntity")]


def _looked_up(stated: object, by_id: Mapping[str, Mapping[str, Any]]) -> object:
    """What `{"@id": …}` refers to, in its place."""
    if isinstance(stated, list):
        return [_looked_up(one, by_id) for one in stated]
    if isinstance(stated, dict) and "name" not in stated:
        return by_id.get(str(stated.get("@id")), stated)
    return stated

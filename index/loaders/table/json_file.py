"""A JSON file: an article, an array of them, or an object around one such array."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.article import Article
from index.errors import UnreadableSource
from index.loaders.decode import decode
from index.loaders.files import named, read_bytes, readable
from index.loaders.loader import Loaded
from index.loaders.table.columns import Columns
from index.loaders.table.json_text import parsed_json
from index.loaders.table.jsonl import JsonLines
from index.loaders.table.records import article_of_record, by_plain_name

MOST_BYTES = 200_000_000  # such a file is held in memory whole, at some five times its size
LONGEST_LINE = 100_000  # bytes looked at to tell JSON Lines from JSON
# What programs call the array; `items` is JSON Feed's name for it.
ARRAYS = ("articles", "items", "data", "results", "entries", "posts", "docs", "records")
WRAPPERS = ("data", "response", "result")  # what some put around the object around the array
FEED = "https://jsonfeed.org/version/"
OF_THE_FEED = {"title": "outlet", "authors": "authors", "language": "language"}
CURE = 'give an article as {"text": …, "title": …}, or an array of them'


class Json:
    suffixes = (".json",)

    def __init__(self, columns: Columns | None = None) -> None:
        self._columns = columns or Columns()

    def load(self, path: Path) -> Iterator[Loaded]:
        if _has_lines(path):
            yield from JsonLines(self._columns).load(path)
            return
        data = read_bytes(path, MOST_BYTES)
        with named(str(path)):
            stated = parsed_json(decode(data))
            array = None if self._is_article(stated) else _array(stated)
            records = [stated] if array is None else array
            self._columns.refuse_textless(_names(records))
        for number, record in enumerate(records, start=1):
            name = str(path) if array is None else f"{path}#{number}"
            try:
                yield self._article(record, name)
            except UnreadableSource as unreadable:
                yield unreadable

    def _is_article(self, stated: object) -> bool:
        if not isinstance(stated, dict):
            return False
        return self._columns.hold_text(name for name in stated if isinstance(stated[name], str))

    def _article(self, record: object, name: str) -> Article:
        with named(name):
            if not isinstance(record, dict):
                raise UnreadableSource("not an object", CURE)
            return article_of_record(by_plain_name(record), name, self._columns)


def _names(records: list[Any]) -> list[str]:
    """Every name in any of the records; there must be one."""
    objects = (record for record in records if isinstance(record, dict))
    names = dict.fromkeys(name for record in objects for name in record)
    if not names:
        raise UnreadableSource("no article in it", CURE)
    return list(names)


def _has_lines(path: Path) -> bool:
    """Whether it is JSON Lines under another name: an object on the first line, and more below."""
    with readable(path), path.open("rb") as file:
        first, more = file.readline(LONGEST_LINE), file.read(LONGEST_LINE).strip()
    try:
        return bool(more) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _array(stated: object) -> list[Any] | None:
    """The array of articles; None if there is none."""
    if isinstance(stated, list):
        return stated
    if not isinstance(stated, dict):
        return None
    arrays: dict[str, list[Any]] = {
        name: said for name, said in stated.items() if _holds_objects(said)
    }
    known = next((arrays[name] for name in ARRAYS if name in arrays), None)
    if known is not None:
        return _with_the_feeds(stated, known)
    if len(arrays) == 1:
        return arrays.popitem()[1]
    inner = next((said for name in WRAPPERS if isinstance(said := stated.get(name), dict)), None)
    return _array(inner)


def _holds_objects(said: object) -> bool:
    return isinstance(said, list) and any(isinstance(thing, dict) for thing in said)


def _with_the_feeds(stated: dict[str, Any], items: list[Any]) -> list[Any]:
    """What a JSON Feed says of itself holds for its items (jsonfeed.org/version/1.1)."""
    if not str(stated.get("version")).startswith(FEED):
        return items
    shared = {field: stated[name] for name, field in OF_THE_FEED.items() if name in stated}
    return [shared | item if isinstance(item, dict) else item for item in items]

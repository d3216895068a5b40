"""JSON Lines: an article a line, read one line at a time, so a file may be of any size."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from index.article import Article
from index.errors import UnreadableSource
from index.loaders.files import MOST_BYTES, named, readable, too_large
from index.loaders.loader import Loaded
from index.loaders.packed.allowance import most_unpacked, unpacks_too_far
from index.loaders.table.columns import Columns, Record
from index.loaders.table.json_text import parsed_json
from index.loaders.table.records import article_of_record, by_plain_name


class JsonLines:
    suffixes = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

    def __init__(self, columns: Columns | None = None) -> None:
        self._columns = columns or Columns()

    def load(self, path: Path) -> Iterator[Loaded]:
        with named(str(path)):
            self._columns.refuse_missing(_headers(path))
        records = 0
        with readable(path), _opened(path) as file:
            for number, line in enumerate(_lines(file, path), start=1):
                if line is not None and not line.strip():
                    continue
                records += 1
                try:
                    yield self._article(line, f"{path}:{number}", f"{path}#{number}")
                except UnreadableSource as unreadable:
                    yield unreadable
        if not records:
            raise UnreadableSource(
                f"{path}: no line in it", "give an article a line, or leave it out"
            )

    def _article(self, line: bytes | None, name: str, path: str) -> Article:
        if line is None:
            raise too_large(name, "a line of more")
        with named(name):
            return article_of_record(_record(line), path, self._columns)


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _lines(file: BinaryIO, path: Path) -> Iterator[bytes | None]:
    """Each line; None for one that is too long, which is passed over without keeping it."""
    most = most_unpacked(path.stat().st_size)
    passing = False
    while part := _next_part(file, path):
        if file.tell() > most:
            with named(str(path)):
                raise unpacks_too_far()
        whole = len(part) <= MOST_BYTES or part.endswith(b"\n")
        if whole:
            yield None if passing else part
        passing = not whole
    if passing:
        yield None


def _next_part(file: BinaryIO, path: Path) -> bytes:
    """A line, or as much of it as one article may have and a byte more."""
    try:
        return file.readline(MOST_BYTES + 1)
    except (EOFError, zlib.error) as error:
        problem = f"{path}: a damaged archive ({str(error).lower()})"
        raise UnreadableSource(problem, "pack it again") from error


def _headers(path: Path) -> Iterator[Record]:
    """Every record that can be read, for its names."""
    with suppress(UnreadableSource), readable(path), _opened(path) as file:
        for line in filter(None, _lines(file, path)):
            with suppress(UnreadableSource):
                yield _record(line)


def _record(line: bytes) -> Record:
    try:
        said = parsed_json(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableSource("not UTF-8", "save the file as UTF-8") from error
    if not isinstance(said, dict):
        raise UnreadableSource("not an object", 'give each line as {"text": …, "title": …}')
    return by_plain_name(said)

"""JSON Lines: an article a line, read one line at a time, so a file may be of any size."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from index.article import Article
from index.errors import UnreadableSource
from index.loaders.files import MOST_BYTES, named, readable, too_large
from index.loaders.loader import Loaded
from index.loaders.record import article

TEXT = ("text", "body", "content")
# Articles shrink three to five times. A file that unpacks beyond this was made to fill a disk.
MOST_UNPACKED = 200  # times its packed size, once past the size of one line


class JsonLines:
    suffixes = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

    def load(self, path: Path) -> Iterator[Loaded]:
        records = 0
        with readable(path), _opened(path) as file:
            for number, line in enumerate(_lines(file, path), start=1):
                if line is not None and not line.strip():
                    continue
                records += 1
                try:
                    yield _article(line, f"{path}:{number}", f"{path}#{number}")
                except UnreadableSource as unreadable:
                    yield unreadable
        if not records:
            raise UnreadableSource(
                f"{path}: no line in it", "give an article a line, or leave it out"
            )


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _lines(file: BinaryIO, path: Path) -> Iterator[bytes | None]:
    """Each line; None for one that is too long, which is passed over without keeping it."""
    most = max(MOST_BYTES, MOST_UNPACKED * path.stat().st_size)
    passing = False
    while part := _next_part(file, path):
        if file.tell() > most:
            problem = f"{path}: unpacks to more than {MOST_UNPACKED} times its size"
            raise UnreadableSource(problem, "unpack it yourself if you trust it")
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


def _article(line: bytes | None, name: str, path: str) -> Article:
    if line is None:
        raise too_large(name, "a line of more")
    with named(name):
        fields = _fields(line)
        text = next((value for key in TEXT if (value := fields.get(key))), None)
        if not isinstance(text, str):
            raise UnreadableSource("no text in it", 'give it in "text", "body" or "content"')
        return article(fields, text, path)


def _fields(line: bytes) -> Mapping[str, object]:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableSource("not UTF-8", "save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        problem = f"not JSON ({error.msg.lower()} at character {error.colno})"
        raise UnreadableSource(problem, "mend or remove the line") from error
    except (ValueError, RecursionError) as error:  # endless digits, endless brackets
        raise UnreadableSource("JSON that cannot be read", "mend or remove the line") from error
    if not isinstance(fields, dict):
        raise UnreadableSource("not an object", 'give each line as {"text": …, "title": …}')
    return {key.lower(): value for key, value in fields.items()}

"""E-mail: one message in a file, or a mailbox of them."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from index.errors import UnreadableSource
from index.loaders.files import read_bytes, readable, too_large
from index.loaders.loader import Loaded, Loader
from index.loaders.mail.message import load_message

MOST_MESSAGE_BYTES = 50_000_000  # its attachments take a third more than their own size
CHUNK = 65_536  # bytes; no line of a message should be longer
# "From ada@harbour.example Tue Jun  9 14:05:00 2020": a sentence may begin with the word, too.
BEGINS = re.compile(rb"From .{0,200}\d\d:\d\d")
ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


class Eml:
    suffixes = (".eml",)

    def __init__(self, loaders: Sequence[Loader]) -> None:
        """
        Args:
            loaders: for the files that come with a message.
        """
        self._loaders = loaders

    def load(self, path: Path) -> Iterator[Loaded]:
        data = read_bytes(path, MOST_MESSAGE_BYTES)
        yield from load_message(data, str(path), self._loaders)


class Mbox:
    """A message at a time, so that a mailbox may be of any size."""

    suffixes = (".mbox", ".mbx")

    def __init__(self, loaders: Sequence[Loader]) -> None:
        """
        Args:
            loaders: for the files that come with a message.
        """
        self._loaders = loaders

    def load(self, path: Path) -> Iterator[Loaded]:
        with readable(path), path.open("rb") as file:
            if not file.peek(5).startswith(b"From "):
                raise UnreadableSource(f"{path}: not a mailbox", "export it as mbox once more")
            for number, data in enumerate(_messages(file), start=1):
                yield from self._message(data, f"{path}#{number}")

    def _message(self, data: bytes | None, name: str) -> Iterator[Loaded]:
        try:
            if data is None:
                raise too_large(name, "a message of more", MOST_MESSAGE_BYTES)
            yield from load_message(data, name, self._loaders)
        except UnreadableSource as unreadable:
            yield unreadable


def _messages(file: BinaryIO) -> Iterator[bytes | None]:
    """Each message without the line that parts it from others; None for one that is too large."""
    file.readline()
    lines: list[bytes] = []
    size, after_blank = 0, False
    while line := file.readline(CHUNK):
        if after_blank and BEGINS.match(line):
            yield _whole(lines, size)
            lines, size = [], 0
        else:
            size += len(line)
            if size <= MOST_MESSAGE_BYTES:
                lines.append(line)
        after_blank = not line.strip()
    yield _whole(lines, size)


def _whole(lines: Sequence[bytes], size: int) -> bytes | None:
    if size > MOST_MESSAGE_BYTES:
        return None
    return ESCAPED.sub(rb"\1", b"".join(lines))

"""One of the files that are packed in another."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from index.errors import UnreadableSource


class Stream(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Member:
    """
    Attributes:
        name: as the archive gives it, which may be anything.
        open: gives its bytes; to be called before the next member is asked for.
        refused: why it is not to be opened.
    """

    name: str
    open: Callable[[], AbstractContextManager[Stream]]
    refused: UnreadableSource | None = None


def no_file() -> UnreadableSource:
    return UnreadableSource("a link or a device, not a file", "pack what it points to")

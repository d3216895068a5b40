"""What a loader is: one file format, turned into articles."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from index.article import Article
from index.errors import UnreadableSource

Loaded = Article | UnreadableSource


class Loader(Protocol):
    """Reads one format."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the names of its files end, in lower case, each with its dot; often an attribute."""
        ...

    def load(self, path: Path) -> Iterator[Loaded]:
        """The file's articles, in order; a bad record is yielded as an `UnreadableSource`.

        Raises:
            UnreadableSource: the file as a whole gives nothing.
        """
        ...

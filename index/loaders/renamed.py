"""What came out of a file that was made for a moment, under the name by which the user knows it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from index.article import Article
from index.errors import UnreadableSource
from index.loaders.loader import Loaded


def renamed(found: Iterable[Loaded], file: str, shown: str) -> Iterator[Loaded]:
    """
    Args:
        file: the path that a loader was given.
        shown: what stands in its place in the paths of articles and in errors.
    """
    try:
        for loaded in found:
            if isinstance(loaded, Article):
                yield replace(loaded, path=loaded.path.replace(file, shown))
            else:
                yield _in_words_of(loaded, file, shown)
    except UnreadableSource as unreadable:
        raise _in_words_of(unreadable, file, shown) from unreadable


def _in_words_of(error: UnreadableSource, file: str, shown: str) -> UnreadableSource:
    return UnreadableSource(error.problem.replace(file, shown), error.cure.replace(file, shown))

"""Files in, articles out. A new format is one file here and one line in `LOADERS`."""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

from index.errors import DatelineError, UnreadableSource
from index.loaders.feed import Feed
from index.loaders.html import Html
from index.loaders.jsonl import JsonLines
from index.loaders.loader import Loaded, Loader
from index.loaders.markdown import Markdown
from index.loaders.plain import PlainText
from index.loaders.walk import walk

__all__ = ["Loaded", "Loader", "load"]

LOADERS: tuple[Loader, ...] = (PlainText(), Markdown(), Html(), JsonLines(), Feed())


def load(path: Path) -> Iterator[Loaded]:
    """The articles of a file, or of every file below a folder, and an error for each bad one.

    A bad file or record is yielded as an `UnreadableSource` and stops nothing.

    Raises:
        DatelineError: nothing is at `path`. Raised by the call itself, not on the first article.
    """
    if not path.exists() and not path.is_symlink():
        raise DatelineError(f"no file or folder at '{path}'", _nearest(path))
    return _load_folder(path) if path.is_dir() else _load_file(path)


def _load_folder(folder: Path) -> Iterator[Loaded]:
    empty = True
    for found in walk(folder):
        empty = False
        yield from [found] if isinstance(found, UnreadableSource) else _load_file(found)
    if empty:
        yield UnreadableSource(f"{folder}: no article in it", f"Dateline reads {_formats()}")


def _load_file(path: Path) -> Iterator[Loaded]:
    try:
        yield from _loader_for(path).load(path)
    except UnreadableSource as unreadable:
        yield unreadable


def _loader_for(path: Path) -> Loader:
    if _has_lone_bytes(path):
        raise UnreadableSource(f"{str(path)!a}: a name that is not UTF-8", "rename the file")
    for loader in LOADERS:
        if path.name.lower().endswith(loader.suffixes):
            return loader
    raise UnreadableSource(f"{path}: not a format Dateline reads", f"it reads {_formats()}")


def _has_lone_bytes(path: Path) -> bool:
    """Whether the name holds bytes that Python stands in for with lone surrogates."""
    return any("\ud800" <= character <= "\udfff" for character in str(path))


def _formats() -> str:
    return ", ".join(chain.from_iterable(loader.suffixes for loader in LOADERS))


def _nearest(path: Path) -> str:
    folder = path.parent
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    near = get_close_matches(path.name, names, n=1)
    return f"did you mean '{folder / near[0]}'?" if near else "check the spelling"

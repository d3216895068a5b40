"""Files in, articles out. A new format is one file here and one line in `LOADERS`."""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

from index.errors import DatelineError, UnreadableSource
from index.loaders.html import Html
from index.loaders.jsonl import JsonLines
from index.loaders.loader import Loaded, Loader
from index.loaders.markdown import Markdown
from index.loaders.plain import PlainText
from index.loaders.walk import walk

__all__ = ["Loaded", "Loader", "files", "load", "load_file"]

LOADERS: tuple[Loader, ...] = (PlainText(), Markdown(), Html(), JsonLines())
# Raise it when a file gives something else than before: files that were read are read again.
VERSION = 1


def files(path: Path) -> Iterator[Path | UnreadableSource]:
    """The file itself, or every file below a folder and an error for each thing in the way.

    Raises:
        DatelineError: nothing is at `path`. Raised by the call itself, not on the first file.
    """
    if not path.exists() and not path.is_symlink():
        raise DatelineError(f"no file or folder at '{path}'", _nearest(path))
    return _files_below(path) if path.is_dir() else iter([path])


def load_file(path: Path) -> Iterator[Loaded]:
    """The articles of a file; a bad record is yielded as an `UnreadableSource`.

    Raises:
        UnreadableSource: the file as a whole gives nothing.
    """
    yield from _loader_for(path).load(path)


def load(path: Path) -> Iterator[Loaded]:
    """The articles of a file, or of every file below a folder, and an error for each bad one.

    A bad file or record is yielded as an `UnreadableSource` and stops nothing.

    Raises:
        DatelineError: as `files` does.
    """
    return chain.from_iterable(map(_load_found, files(path)))


def _load_found(found: Path | UnreadableSource) -> Iterator[Loaded]:
    try:
        yield from [found] if isinstance(found, UnreadableSource) else load_file(found)
    except UnreadableSource as unreadable:
        yield unreadable


def _files_below(folder: Path) -> Iterator[Path | UnreadableSource]:
    empty = True
    for found in walk(folder):
        empty = False
        yield found
    if empty:
        yield UnreadableSource(f"{folder}: no article in it", f"Dateline reads {_formats()}")


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

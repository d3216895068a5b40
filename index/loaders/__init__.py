"""Files in, articles out. A new format is one file here and one line in `formats`."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import chain
from pathlib import Path

from index.errors import DatelineError, UnreadableSource
from index.loaders.columns import Columns
from index.loaders.csv_file import Csv
from index.loaders.docx import Docx
from index.loaders.epub import Epub
from index.loaders.html import Html
from index.loaders.json_file import Json
from index.loaders.jsonl import JsonLines
from index.loaders.loader import Loaded, Loader
from index.loaders.mail import Eml, Mbox
from index.loaders.markdown import Markdown
from index.loaders.mhtml import Mhtml
from index.loaders.odt import Odt
from index.loaders.packed import Packed
from index.loaders.parquet import Parquet
from index.loaders.pdf import Pdf
from index.loaders.plain import PlainText
from index.loaders.sidecar import NAME as SIDECAR
from index.loaders.sidecar import Sidecars
from index.loaders.walk import walk
from index.loaders.warc import Warc

__all__ = ["Loaded", "Loader", "load"]


def formats(columns: Columns) -> tuple[Loader, ...]:
    """A loader of each format; where two know a suffix, the first has it."""
    files: tuple[Loader, ...] = (
        PlainText(),
        Markdown(),
        Html(),
        Mhtml(),
        JsonLines(columns),
        Json(columns),
        Csv(columns),
        Parquet(columns),
        Pdf(),
        Docx(),
        Odt(),
        Epub(),
    )
    loaders: tuple[Loader, ...] = (
        *files,
        Eml(files),
        Mbox(files),
        Warc(),
        Packed(lambda path: _loader_for(path, loaders)),
    )
    return loaders


LOADERS = formats(Columns())


def load(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Loaded]:
    """The articles of a file, or of every file below a folder, and an error for each bad one.

    A bad file or record is yielded as an `UnreadableSource` and stops nothing.

    Args:
        columns: for files that are made of records (JSON, CSV and the like), the name of the
            column of each field that is not under a usual name: {"text": "story"}.

    Raises:
        DatelineError: nothing is at `path`, or there is no such field. Raised by the call
            itself, not on the first article.
    """
    if not path.exists() and not path.is_symlink():
        raise DatelineError(f"no file or folder at '{path}'", _nearest(path))
    loaders = formats(Columns(columns)) if columns else LOADERS
    return _load_folder(path, loaders) if path.is_dir() else _load_file(path, loaders)


def _load_folder(folder: Path, loaders: tuple[Loader, ...]) -> Iterator[Loaded]:
    empty = True
    sidecars = Sidecars(folder)
    for found in walk(folder):
        if isinstance(found, UnreadableSource):
            empty = False
            yield found
            continue
        yield from sidecars.entered(found.parent)
        if found.name != SIDECAR:
            empty = False
            yield from (sidecars.over(loaded, found) for loaded in _load_file(found, loaders))
    if empty:
        yield UnreadableSource(f"{folder}: no article in it", f"Dateline reads {_formats()}")


def _load_file(path: Path, loaders: tuple[Loader, ...]) -> Iterator[Loaded]:
    try:
        yield from _loader_for(path, loaders).load(path)
    except UnreadableSource as unreadable:
        yield unreadable


def _loader_for(path: Path, loaders: tuple[Loader, ...]) -> Loader:
    if _has_lone_bytes(path):
        raise UnreadableSource(f"{str(path)!a}: a name that is not UTF-8", "rename the file")
    for loader in loaders:
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

"""Files in, articles out. A new format is one file here and one line in `formats`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from itertools import chain
from pathlib import Path

from index.errors import DatelineError, UnreadableSource
from index.files import Only
from index.loaders.document.docx import Docx
from index.loaders.document.epub import Epub
from index.loaders.document.odt import Odt
from index.loaders.document.pdf import Pdf
from index.loaders.loader import Loaded, Loader
from index.loaders.mail.mail import Eml, Mbox
from index.loaders.markdown import Markdown
from index.loaders.packed.packed import Packed
from index.loaders.page.html import Html
from index.loaders.page.mhtml import Mhtml
from index.loaders.page.warc import Warc
from index.loaders.plain import PlainText
from index.loaders.sidecar import NAME as SIDECAR
from index.loaders.sidecar import Sidecars
from index.loaders.table.columns import Columns
from index.loaders.table.csv_file import Csv
from index.loaders.table.json_file import Json
from index.loaders.table.jsonl import JsonLines
from index.loaders.table.parquet import Parquet
from index.loaders.walk import walk
from index.loaders.web.feed import Feed
from index.loaders.web.web import Web, is_address

__all__ = ["Found", "Loaded", "Loader", "files", "is_address", "load"]

# Raise it when a file gives something else than before: files that were read are read again.
VERSION = 1


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
        Feed(),
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


@dataclass(frozen=True, slots=True)
class Found:
    """A file or an address, and how it is read.

    Attributes:
        name: as the user knows it.
        path: None for an address, which is read whenever it is added.
        manner: what besides its bytes decides what it gives; another, and it is read again.
        load: its articles; a bad record is yielded as an `UnreadableSource`, and where the file
            as a whole gives nothing, one is raised.
    """

    name: str
    path: Path | None
    manner: str
    load: Callable[[], Iterator[Loaded]]


def files(
    source: str | Path,
    columns: Mapping[str, str] | None = None,
    web: Web | None = None,
    only: Only | None = None,
) -> Iterator[Found | UnreadableSource]:
    """The file or address itself, or every file below a folder and an error for each thing in the
    way.

    Args:
        columns: for files that are made of records (JSON, CSV and the like), the name of the
            column of each field that is not under a usual name: {"text": "story"}.
        web: how an address is read.
        only: which of a folder's files are looked at; all unless given.

    Raises:
        DatelineError: nothing is at a path, or there is no such field. Raised by the call
            itself, not on the first file.
    """
    if isinstance(source, str) and is_address(source):
        return iter([Found(source, None, "", partial((web or Web()).load, source))])
    path = Path(source)
    if not path.exists() and not path.is_symlink():
        raise DatelineError(f"no file or folder at '{path}'", _nearest(path))
    loaders = formats(Columns(columns)) if columns else LOADERS
    return _files(path, loaders, sorted((columns or {}).items()), only)


def load(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Loaded]:
    """The articles of a file, or of every file below a folder, and an error for each bad one.

    Args:
        columns: as for `files`, which also says what is raised.
    """
    return chain.from_iterable(map(_loaded, files(path, columns)))


def _loaded(found: Found | UnreadableSource) -> Iterator[Loaded]:
    try:
        yield from [found] if isinstance(found, UnreadableSource) else found.load()
    except UnreadableSource as unreadable:
        yield unreadable


def _files(
    path: Path,
    loaders: tuple[Loader, ...],
    columns: Sequence[tuple[str, str]],
    only: Only | None,
) -> Iterator[Found | UnreadableSource]:
    """A file alone is described by the sidecar beside it."""
    is_folder = path.is_dir()
    sidecars = Sidecars(path if is_folder else path.parent)
    empty = True
    for found in walk(path) if is_folder else [path]:
        if isinstance(found, UnreadableSource):
            empty = False
            yield found
            continue
        empty = empty and found.name == SIDECAR
        if only is not None and not only(found):
            continue
        yield from sidecars.entered(found.parent)
        if found.name != SIDECAR:
            manner = repr((VERSION, columns, sidecars.of(found)))
            yield Found(str(found), found, manner, partial(_load, found, loaders, sidecars))
    if empty:
        yield UnreadableSource(f"{path}: no article in it", f"Dateline reads {_formats()}")


def _load(path: Path, loaders: tuple[Loader, ...], sidecars: Sidecars) -> Iterator[Loaded]:
    for loaded in _loader_for(path, loaders).load(path):
        yield sidecars.over(loaded, path)


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

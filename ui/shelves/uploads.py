"""Files that a visitor drops on the page: each is kept in the archive's folder under its own name,
so that the same file dropped again is the same file."""

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from shutil import move
from typing import NamedTuple

from index.errors import DatelineError, UnreadableSource
from index.loaders.sidecar import NAME as SIDECAR

FOLDER = "uploads"  # in the archive's own
LIMIT = 100_000_000  # bytes a file
LONGEST = 200  # bytes of a name; file systems take 255


class Dropped(NamedTuple):
    """A file as the browser sent it, and its name there: "day.txt", or "clippings/day.txt"."""

    file: str
    name: str


class Kept(NamedTuple):
    """What to add, and what was left out."""

    sources: list[Path]
    refused: list[UnreadableSource]


def dropped(event: object) -> list[Dropped]:
    """The files of an event as drop.js sends it; whatever else a browser may send is ignored."""
    return [
        Dropped(str(one.get("path", "")), str(one.get("name", "")))
        for one in _list(event, "files")
        if isinstance(one, dict)
    ]


def not_sent(event: object) -> list[UnreadableSource]:
    """A reason for each file that the browser kept back, or could not send."""
    cure = f"a file may have {LIMIT // 1_000_000} MB: cut it up, or use `dateline add`"
    return [
        *(UnreadableSource(f"{name}: too large", cure) for name in _list(event, "large")),
        *(
            UnreadableSource(f"{name}: did not arrive", "try again")
            for name in _list(event, "lost")
        ),
    ]


def _list(event: object, name: str) -> list[object]:
    found = getattr(event, name, None)
    return found if isinstance(found, list) else []


def keep(dropped: Iterable[Dropped], received: Path, archive: Path) -> Kept:
    """Move files from where they were received into the archive's folder.

    Args:
        received: the folder of Gradio's uploads; a file elsewhere is refused.
        archive: the archive's folder.
    """
    sources: dict[Path, None] = {}
    refused = []
    for one in dropped:
        try:
            parts = safe_parts(one.name)
            _move(_received(one.file, received), archive.joinpath(FOLDER, *parts))
            sources[archive / FOLDER / parts[0]] = None
        except UnreadableSource as error:
            refused.append(error)
    return Kept(list(sources), refused)


def safe_parts(name: str) -> Sequence[str]:
    """The folders and the file of a name that stays where it is put.

    >>> safe_parts("clippings/day.txt")
    ('clippings', 'day.txt')

    Raises:
        UnreadableSource: it is hidden, leads elsewhere, or is no name at all.
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or not all(map(_is_plain, parts)):
        raise UnreadableSource(f"{name!a}: not a name that can be kept", "rename the file")
    if parts == (SIDECAR,):
        raise UnreadableSource(f"{name}: it describes files beside it", "drop their whole folder")
    return parts


def _is_plain(part: str) -> bool:
    try:
        short = len(part.encode()) <= LONGEST
    except UnicodeEncodeError:
        return False
    return short and part.isprintable() and part[0] not in "./" and ":" not in part


def _received(file: str, folder: Path) -> Path:
    """Raises UnreadableSource for a file that the browser did not send."""
    path, root = Path(file), folder.resolve()
    try:
        if not path.is_symlink() and path.resolve(strict=True).is_relative_to(root):
            return path.resolve()
    except (OSError, ValueError):
        pass
    raise UnreadableSource("a file that did not arrive", "drop it again")


def _move(file: Path, to: Path) -> None:
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        if to.is_dir():
            raise IsADirectoryError("a folder has that name")
        move(file, to)
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise UnreadableSource(f"{to.name}: {said}", "rename it, or make room") from error


def forget(file: str, archive: Path) -> None:
    """Delete a file that was kept, once it gives nothing any more; any other is left alone."""
    path = Path(file)
    if path.is_relative_to(archive.resolve() / FOLDER):
        path.unlink(missing_ok=True)


def told(error: DatelineError, archive: Path) -> str:
    """An error in words that name the visitor's file, not where it is kept."""
    return str(error).replace(f"{archive.resolve() / FOLDER}/", "")

"""Opening one file, with every way in which that fails said by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import DatelineError, UnreadableSource
from index.loaders.decode import decode

MOST_BYTES = 20_000_000  # of a file that is one article, or of one line of JSONL


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file that is one article; a larger one is refused before it is read."""
    with readable(path):
        if (size := path.stat().st_size) > most:
            raise too_large(str(path), f"{size / 1e6:.0f} MB", most)
        return path.read_bytes()


def read_text(path: Path) -> str:
    """The same, decoded."""
    data = read_bytes(path)
    with named(str(path)):
        return decode(data)


def too_large(name: str, size: str, most: int = MOST_BYTES) -> UnreadableSource:
    return UnreadableSource(
        f"{name}: {size} is more than the {most / 1e6:.0f} MB that one article may have",
        "split it, or give JSONL with an article a line",
    )


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Refuses what is not a file, and turns the system's errors into ours.

    Raises:
        UnreadableSource: naming the path and what is wrong with it.
    """
    try:
        _refuse_what_is_no_file(path)
        yield
    except OSError as error:
        problem = f"{path}: {(error.strerror or str(error)).lower()}"
        raise UnreadableSource(problem, "check that the file can be read") from error


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_symlink() and not path.exists():
        raise UnreadableSource(f"{path}: a link to nothing", "mend or remove the link")
    if path.is_dir():
        raise UnreadableSource(f"{path}: a folder, not a file", "add the folder itself")
    if path.exists() and not path.is_file():  # a pipe or a device would block, or never end
        raise UnreadableSource(f"{path}: not an ordinary file", "copy its content to a file")


@contextmanager
def named(name: str) -> Iterator[None]:
    """Puts the name of a file, or of a line of it, before what is wrong with its content."""
    try:
        yield
    except DatelineError as error:
        raise UnreadableSource(f"{name}: {error.problem}", error.cure) from error

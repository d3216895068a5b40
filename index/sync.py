"""Files that were read from a folder and are there no more."""

from collections.abc import Iterable
from pathlib import Path

from index.errors import DatelineError
from index.store import Store

MANY = 10  # files that are not taken for removed all at once without being asked about


def vanished(store: Store, folders: Iterable[Path], emptied: bool) -> list[str]:
    """The paths of known files below the folders that are gone.

    Args:
        emptied: whether a folder may have lost all of many files; a disk that is not mounted has.

    Raises:
        DatelineError: one of the folders is gone itself, or lost them all and `emptied` is false.
    """
    return [path for folder in folders for path in _vanished(store, folder, emptied)]


def _vanished(store: Store, folder: Path, emptied: bool) -> list[str]:
    known = store.files_below(str(folder))
    gone = [path for path in known if _is_gone(Path(path))]
    if known and not folder.exists():
        raise DatelineError(
            f"'{folder}' is not there, and {len(known):,} of its files are in the archive",
            f"bring it back, or take its articles out with `dateline remove {folder}`",
        )
    if len(gone) == len(known) >= MANY and not emptied:
        raise DatelineError(
            f"none of the {len(known):,} files known in '{folder}' is there any more",
            "if its disk is mounted and they were meant to go, say so with --emptied",
        )
    return gone


def _is_gone(path: Path) -> bool:
    """A file in a folder that cannot be looked into is not taken for gone."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False

"""What the three stores raise when the disk will not do, turned into one error with a cure."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ArchiveUnusable
from index.vectors import StorageError


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """
    Raises:
        ArchiveUnusable: in place of any error of SQLite, Chroma, Tantivy or the file system.
    """
    try:
        yield
    except (sqlite3.Error, StorageError, OSError) as error:
        raise _explained(folder, str(error)) from error


def _explained(folder: Path, error: str) -> ArchiveUnusable:
    said = error.lower()
    if "full" in said or "no space" in said:
        return ArchiveUnusable(
            f"the disk that holds {folder} is full",
            "make room and run the same command again; what was added is safe",
        )
    if any(
        sign in said for sign in ("readonly", "read-only", "permission denied", "unable to open")
    ):
        return ArchiveUnusable(
            f"{folder} cannot be written to",
            "copy the archive to a folder that you can write to, and use that",
        )
    return ArchiveUnusable(
        f"{folder} cannot be used ({error})",
        "if it stays so, try `dateline rebuild`; else move it away and add the articles again",
    )

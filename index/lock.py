"""One writer at a time, by a lock whose error names the holder."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import filelock

from index.errors import ArchiveInUse


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the archive's write lock.

    Raises:
        ArchiveInUse: another process, or another thread of this one, holds it.
    """
    holder = folder / "writer.json"
    try:
        with filelock.FileLock(folder / "writer.lock", timeout=0):
            holder.write_text(json.dumps(_self()))
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except filelock.Timeout as error:
        raise ArchiveInUse(
            f"{folder} is being written to by {_described(holder)}",
            "wait until that is done, or end it",
        ) from error


def _self() -> dict[str, str | int]:
    return {
        "pid": os.getpid(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:3]]),
        "since": f"{datetime.now():%H:%M:%S}",
    }


def _described(holder: Path) -> str:
    """`process 4711 ("dateline add clippings"), since 14:02:11`"""
    try:
        data = json.loads(holder.read_text())
        return f'process {data["pid"]} ("{data["command"]}"), since {data["since"]}'
    except (OSError, ValueError, KeyError):  # it is just beginning, or just ending
        return "another process"

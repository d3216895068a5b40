"""Adding files as they come into a folder, each once nobody is writing to it any more."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from index.errors import ArchiveInUse, DatelineError
from index.files import Look, Only, look
from index.loaders.sidecar import NAME as SIDECAR
from index.loaders.walk import walk
from index.report import AddReport

PAUSE_MS = 1_000  # a file that is the same for so long is taken


class Add(Protocol):
    """`Index.add`, or what passes on to it."""

    def __call__(self, sources: Sequence[Path], /, *, only: Only) -> AddReport: ...


def watch(folder: Path, add: Add, stop: threading.Event | None = None) -> Iterator[AddReport]:
    """Add what is in the folder and what comes into it; gives the report of every `add`.

    While another process writes to the archive, files wait.

    Args:
        stop: ends it when set, within a second; else only an interrupt does.

    Raises:
        DatelineError: there is no such folder.
    """
    folder = folder.expanduser().resolve()
    if not folder.is_dir():
        raise DatelineError(f"no folder at '{folder}'", "make it first, or check the spelling")
    taken: dict[Path, Look] = {}
    earlier = _looks(folder)
    for happened in _news(folder, stop):
        if not happened and earlier == taken:
            continue
        now = _looks(folder)
        settled = {path: seen for path, seen in now.items() if seen == earlier.get(path)}
        earlier = now
        new = {path for path, seen in settled.items() if taken.get(path) != seen}
        # A sidecar that comes, changes or goes may describe any file.
        changed = new | (taken.keys() - now.keys())
        wanted = settled.keys() if any(path.name == SIDECAR for path in changed) else new
        if wanted:
            try:
                yield add([folder], only=wanted.__contains__)
            except ArchiveInUse:
                continue
        taken = {path: seen for path, seen in taken.items() if path in now} | settled


def _news(folder: Path, stop: threading.Event | None) -> Iterator[bool]:
    """True for whatever happens in the folder, False for a pause in which nothing does."""
    from watchfiles import watch as changes

    found = changes(
        folder,
        stop_event=stop,
        yield_on_timeout=True,
        rust_timeout=PAUSE_MS,
        debounce=PAUSE_MS,
    )
    yield from map(bool, found)


def _looks(folder: Path) -> dict[Path, Look]:
    found = (path for path in walk(folder) if isinstance(path, Path))
    return {path: seen for path in found if (seen := look(path))}

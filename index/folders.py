"""Where the two indexes lie: an index made anew gets a folder of its own, and SQLite says which
is the one in use.

So it comes into use in one transaction, and Chroma, which does not bear its folder's being made
again in the same process, never meets that.
"""

import re
import shutil
from pathlib import Path

from index.store import Store

VECTORS, WORDS = "vectors", "words"
_MADE = "folders_made"
_OURS = re.compile(rf"({VECTORS}|{WORDS})(-\d+)?")


def in_use(store: Store, kind: str) -> str:
    """The name of the folder of that kind."""
    return store.get(kind) or kind


def fresh(store: Store, kind: str) -> str:
    """A name that no folder of this archive ever had."""
    number = int(store.get(_MADE) or 1) + 1
    store.put(_MADE, str(number))
    return f"{kind}-{number}"


def clear(folder: Path, store: Store) -> None:
    """Remove what an interruption left, and indexes that were replaced.

    On Windows one that another process still has open stays until the next time.
    """
    used = {in_use(store, VECTORS), in_use(store, WORDS)}
    for entry in folder.iterdir():
        if _OURS.fullmatch(entry.name) and entry.name not in used:
            shutil.rmtree(entry, ignore_errors=True)

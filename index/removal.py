"""What the names mean by which a user has articles removed."""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from index.errors import DatelineError
from index.store import Store


@dataclass(frozen=True, slots=True)
class Named:
    """Articles by their ids, and files by their paths."""

    ids: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    def __add__(self, other: "Named") -> "Named":
        return Named(self.ids + other.ids, self.paths + other.paths)


def named(store: Store, name: str | Path) -> Named:
    """What is meant by an id, a URL, a file, a folder, or a record ("wire.jsonl#12").

    Raises:
        DatelineError: nothing here is called so; the nearest names are given.
    """
    called = str(name)
    if store.is_known(called):
        return Named(ids=(called,))
    if "://" in called:
        ids, paths = store.ids_at(called), []
    else:
        path = str(Path(called).expanduser().resolve())
        paths = store.files_below(path)
        ids = [] if paths else store.ids_at(path)
    if not ids and not paths:
        raise DatelineError(f"nothing in the archive is called '{called}'", _nearest(store, called))
    return Named(tuple(ids), tuple(paths))


def _nearest(store: Store, called: str) -> str:
    names = store.names()
    near = get_close_matches(called, names, n=3) or get_close_matches(
        str(Path(called).expanduser().resolve()), names, n=3, cutoff=0.8
    )
    if not near:
        return "give an article's id, its URL, or the file or folder that it came from"
    return "did you mean " + " or ".join(f"'{name}'" for name in near) + "?"

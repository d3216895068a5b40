"""Which files were read, as they were then, and which articles they gave.

An article stays while a file gives it. One that its file no longer gives is `stale`, and leaves
once what has come in its place is ready. The older versions at a URL are no such loss: the file
that gives the newest holds them, too.
"""

import hashlib
import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from index.errors import UnreadableSource

Errors = tuple[UnreadableSource, ...]
Only = Callable[[Path], bool]  # which of a folder's files are looked at


@dataclass(frozen=True, slots=True)
class Look:
    """What tells at a glance that a file has changed."""

    size: int
    mtime_ns: int


UNSETTLED = Look(-1, -1)  # of a file that changed while it was read: no later look is like it


@dataclass(frozen=True, slots=True)
class FileRead:
    """What reading a file gave.

    Attributes:
        sha256: of its bytes; empty where it gave no article.
        manner: how it was read; see `index.loaders.Found`.
        ids: of the articles in it.
        replaces: whether these take the place of what it gave before. A file that can no longer
            be read, or that was only touched, keeps it.
    """

    path: str
    look: Look
    sha256: str
    manner: str
    errors: Errors
    ids: tuple[str, ...]
    replaces: bool


def look(path: Path) -> Look | None:
    """None for what is not there, is no ordinary file, or has a name that is not UTF-8."""
    try:
        str(path).encode()
        found = path.stat()
    except (OSError, UnicodeEncodeError):
        return None
    return Look(found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def known(db: sqlite3.Connection, path: str) -> FileRead | None:
    """What reading it gave the last time."""
    sql = "SELECT size, mtime_ns, sha256, manner, errors FROM files WHERE path = ?"
    row = db.execute(sql, [path]).fetchone()
    if row is None:
        return None
    size, mtime_ns, sha256, manner, errors = row
    told = tuple(UnreadableSource(*error) for error in json.loads(errors))
    sql = "SELECT article_id FROM held WHERE path = ? AND NOT stale"
    ids = tuple(one for (one,) in db.execute(sql, [path]))
    return FileRead(path, Look(size, mtime_ns), sha256, manner, told, ids, replaces=False)


def record(db: sqlite3.Connection, read: FileRead) -> int:
    """Keep what a file gave, whose articles are here; returns how many older ones it replaces."""
    errors = json.dumps([[error.problem, error.cure] for error in read.errors])
    look = (read.look.size, read.look.mtime_ns)
    row = (read.path, *look, read.sha256, read.manner, errors)
    db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", row)
    if not read.replaces:
        return 0
    db.execute("UPDATE held SET stale = 1 WHERE path = ?", [read.path])
    rows = [(read.path, article_id) for article_id in read.ids]
    db.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, 0)", rows)
    _keep_versions(db, read.path)
    sql = "SELECT count(*) FROM held WHERE path = ? AND stale"
    return int(db.execute(sql, [read.path]).fetchone()[0])


def _keep_versions(db: sqlite3.Connection, path: str) -> None:
    """An article whose URL the file still gives, with other content, is an older version."""
    db.execute(
        "UPDATE held SET stale = 0 WHERE path = ?1 AND stale AND article_id IN"
        " (SELECT id FROM articles WHERE url <> '' AND url IN (SELECT url FROM held"
        "  JOIN articles ON id = article_id WHERE held.path = ?1 AND NOT stale))",
        [path],
    )


def release(db: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Forget these files; `let_go` then takes what no other file gives."""
    for path in paths:
        db.execute("DELETE FROM files WHERE path = ?", [path])
        db.execute("UPDATE held SET stale = 1 WHERE path = ?", [path])


def let_go(db: sqlite3.Connection) -> int:
    """Articles that no file gives any more begin to leave; returns how many.

    Those of a file whose newer ones are still on their way in stay until these are ready.
    """
    if db.execute("SELECT 1 FROM held WHERE stale LIMIT 1").fetchone() is None:
        return 0
    gone = (
        "stale AND path NOT IN (SELECT held.path FROM held JOIN articles ON id = article_id"
        " WHERE state = 'arriving' AND NOT stale)"
    )
    leaving = db.execute(
        "UPDATE articles SET state = 'leaving'"
        f" WHERE id IN (SELECT article_id FROM held WHERE {gone})"
        f" AND NOT EXISTS (SELECT 1 FROM held WHERE article_id = id AND NOT ({gone}))"
    ).rowcount
    db.execute(f"DELETE FROM held WHERE {gone}")
    return leaving


def below(db: sqlite3.Connection, folder: str) -> list[str]:
    """The paths of all files read in a folder, or of the one file of that name."""
    first = folder.rstrip(os.sep) + os.sep
    last = first[:-1] + chr(ord(os.sep) + 1)  # what sorts next after everything below the folder
    sql = "SELECT path FROM {} WHERE path = ?1 OR (path >= ?2 AND path < ?3)"
    both = " UNION ".join(sql.format(table) for table in ("files", "held"))
    return [path for (path,) in db.execute(f"{both} ORDER BY path", [folder, first, last])]

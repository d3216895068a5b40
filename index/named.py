"""The archives that have a name: those at home."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from index.errors import DatelineError
from index.home import archive_path, home
from index.index import DATABASE

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def is_name(text: str) -> bool:
    """
    >>> is_name("north-korea_2"), is_name("../north")
    (True, False)
    """
    return bool(_NAME.fullmatch(text))


def check_new(name: str) -> None:
    """
    Raises:
        DatelineError: no new archive can have that name.
    """
    if not is_name(name):
        cure = "use up to 64 letters, digits, - and _, a letter or digit first"
        raise DatelineError(f"“{name}” cannot be the name of an archive", cure)
    if archive_path(name).exists():
        raise DatelineError(f"there is already something called “{name}”", "choose another name")


def archives() -> dict[str, int]:
    """How many articles each of them holds, by name; one that cannot be read is left out."""
    found = {}
    for database in sorted((home() / "archives").glob(f"*/{DATABASE}")):
        if is_name(name := database.parent.name):
            articles = _articles(database)
            if articles is not None:
                found[name] = articles
    return found


def _articles(database: Path) -> int | None:
    # All, less the few on their way: counting those that are ready reads the whole table.
    sql = (
        "SELECT (SELECT count(*) FROM articles)"
        " - (SELECT count(*) FROM articles WHERE state <> 'ready')"
    )
    try:
        with closing(sqlite3.connect(database.as_uri() + "?mode=ro", uri=True)) as db:
            return int(db.execute(sql).fetchone()[0])
    except sqlite3.Error:
        return None

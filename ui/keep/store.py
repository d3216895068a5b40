"""The conversations of all archives and owners, in one file of SQLite.

Each turn is written once it is settled, in a transaction of its own: a `kill -9` loses at most the
one under way, and two pages, or two processes, with one conversation both keep their turns.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from index.article import shorten
from index.database import Database, DatabaseError
from index.errors import DatelineError
from index.home import home
from rag.revive import plain, revive
from ui.chat.conversation import Conversation, Turn
from ui.keep.model import Heading, Kept, Shelf

VERSION = 1
TABLES = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    archive TEXT NOT NULL,
    owner TEXT NOT NULL,
    created TEXT NOT NULL,          -- ISO 8601, UTC
    updated TEXT NOT NULL
);
CREATE INDEX conversations_by_shelf ON conversations (archive, owner, updated);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    turn TEXT NOT NULL,             -- `Turn` as JSON
    thumb TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    judged TEXT NOT NULL DEFAULT ''
);
CREATE INDEX turns_by_conversation ON turns (conversation)
"""
LONGEST_TITLE = 120  # characters
LONGEST_COMMENT = 4_000


@contextmanager
def opened() -> Iterator["Store"]:
    """The store at home, made where there is none, for its owner's eyes alone.

    Raises:
        DatelineError: the disk is full or may not be written to, or the file is damaged or of a
            newer Dateline.
    """
    path = conversations_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
        with closing(Store(path)) as store:
            yield store
    except (OSError, DatabaseError) as error:
        cure = "free some space there, or let Dateline write to it"
        raise DatelineError(f"'{path}' cannot be used ({error})", cure) from error


def conversations_file() -> Path:
    return home() / "conversations.sqlite"


class Store(Database):
    """Every method is one short transaction. Where it takes a shelf, None stands for all."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._secure_tables(path)

    def _secure_tables(self, path: Path) -> None:
        if self._version() == VERSION:
            return
        with self.transaction() as db:
            if (version := self._version()) > VERSION:
                problem = f"{path} has format {version}, and this Dateline reads {VERSION}"
                raise DatelineError(problem, "use the version of Dateline that made it")
            if not version:  # a second process may have made them while this one waited
                for statement in TABLES.split(";\n"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {VERSION}")

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])

    def append(self, shelf: Shelf, turn: Turn, to: str = "") -> Kept:
        """Keeps a settled turn at the end of a conversation.

        Args:
            to: its id; a new one begins if it is empty, or no longer on the shelf.
        """
        with self.transaction() as db:
            sql = "UPDATE conversations SET updated = ? WHERE id = ? AND archive = ? AND owner = ?"
            if not db.execute(sql, [_now(), to, shelf.archive, shelf.owner]).rowcount:
                to = secrets.token_hex(16)
                title = _line(turn.asked, LONGEST_TITLE)
                row = [to, title, shelf.archive, shelf.owner, _now(), _now()]
                db.execute("INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?)", row)
            sql = "INSERT INTO turns (conversation, turn) VALUES (?, ?)"
            return Kept(to, db.execute(sql, [to, _json(turn)]).lastrowid or 0)

    def headings(self, shelf: Shelf | None = None, limit: int = -1) -> list[Heading]:
        """The conversations, the one asked in last first; all of them unless limited."""
        where = "WHERE archive = ? AND owner = ?" if shelf else ""
        sql = f"SELECT id, title, archive, owner, created, updated FROM conversations {where}"
        given = [shelf.archive, shelf.owner] if shelf else []
        rows = self.rows(f"{sql} ORDER BY updated DESC, rowid DESC LIMIT ?", [*given, limit])
        return [Heading(*row) for row in rows]

    def heading(self, conversation: str, shelf: Shelf | None = None) -> Heading | None:
        """The one of that id, if it is on the shelf."""
        return next((one for one in self.headings(shelf) if one.id == conversation), None)

    def turns(self, conversation: str) -> Conversation:
        sql = "SELECT turn, number, thumb, comment, judged FROM turns WHERE conversation = ?"
        rows = self.rows(f"{sql} ORDER BY number", [conversation])
        return tuple(replace(_turn(text), kept=Kept(conversation, *kept)) for text, *kept in rows)

    def rename(self, conversation: str, title: str) -> None:
        """Gives it another title; a blank one changes nothing."""
        if title := _line(title, LONGEST_TITLE):
            with self.transaction() as db:
                sql = "UPDATE conversations SET title = ? WHERE id = ?"
                db.execute(sql, [title, conversation])

    def delete(self, conversation: str) -> None:
        """Takes out a conversation, and what its reader thought of it."""
        with self.transaction() as db:
            db.execute("DELETE FROM conversations WHERE id = ?", [conversation])

    def judge(self, kept: Kept) -> Kept:
        """Keeps what a reader thinks of an answer in place of what they thought before."""
        kept = replace(kept, comment=_line(kept.comment, LONGEST_COMMENT), judged=_now())
        with self.transaction() as db:
            sql = "UPDATE turns SET thumb = ?, comment = ?, judged = ? WHERE number = ?"
            db.execute(sql, [kept.thumb, kept.comment, kept.judged, kept.turn])
        return kept


def _line(text: str, longest: int) -> str:
    """Text on one line that SQLite takes: a browser may send half a character, a lone surrogate."""
    return shorten(" ".join(text.encode(errors="replace").decode().split()), longest)


def _json(turn: Turn) -> str:
    # An answer holds its statements; its place and its thumb have columns of their own.
    return json.dumps(plain(replace(turn, statements=(), kept=None)))


def _turn(text: str) -> Turn:
    data = json.loads(text)
    try:
        return revive(Turn, data)
    except DatelineError as error:
        return Turn(str(data.get("asked", "")), problem=str(error))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")

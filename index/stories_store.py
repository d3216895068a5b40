"""Which articles tell one story: rows beside the archive's own tables, in the same SQLite file.

Nothing here is lost with it: what is missing is found again from the articles.
"""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from index.store import BUSY_SECONDS

COMMON = 50  # articles; a run of words that more of them have is a phrase of the trade, or litter
SCHEMA = """
CREATE TABLE IF NOT EXISTS stories (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL UNIQUE,
    story TEXT NOT NULL            -- the id of the article that it began with, which may have left
);
CREATE INDEX IF NOT EXISTS stories_by_story ON stories (story);
CREATE TABLE IF NOT EXISTS story_runs (
    hash INTEGER NOT NULL,         -- of a run of words
    number INTEGER NOT NULL,       -- of an article that has it, in `stories`
    PRIMARY KEY (hash, number)
) WITHOUT ROWID;
"""


class StoryStore:
    """One connection, shared by threads behind a lock."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(
            path, check_same_thread=False, isolation_level=None, timeout=BUSY_SECONDS
        )
        if not self._rows("SELECT 1 FROM sqlite_master WHERE name = 'story_runs'"):
            self._db.executescript(SCHEMA)

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        with self._lock, closing(self._db.execute(sql, values)) as cursor:
            return cursor.fetchall()

    def _column(self, sql: str, values: Sequence[object] = ()) -> list[str]:
        return [str(row[0]) for row in self._rows(sql, values)]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # a full disk has rolled it back already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def waiting(self) -> list[str]:
        """Ready articles that have no story yet, in the order in which they were added."""
        return self._column(
            "SELECT id FROM articles WHERE state = 'ready'"
            " AND id NOT IN (SELECT article_id FROM stories) ORDER BY rowid"
        )

    def forget_missing(self) -> None:
        """Let go of the articles that have left the archive."""
        gone = self._rows(
            "SELECT number FROM stories WHERE article_id NOT IN (SELECT id FROM articles)"
        )
        if gone:
            with self.transaction():
                self._db.executemany("DELETE FROM story_runs WHERE number = ?", gone)
                self._db.executemany("DELETE FROM stories WHERE number = ?", gone)

    def put(self, article_id: str, stories: Sequence[str], runs: Iterable[int]) -> None:
        """Add an article to the first of these stories, and the others to it; to a new one of its
        own if there is none."""
        story = stories[0] if stories else article_id
        insert = "INSERT OR IGNORE INTO stories (article_id, story) VALUES (?, ?) RETURNING number"
        for (number,) in self._rows(insert, [article_id, story]):
            rows = [(run, number) for run in runs]
            self._db.executemany("INSERT OR IGNORE INTO story_runs VALUES (?, ?)", rows)
        for other in stories[1:]:
            self._rows("UPDATE stories SET story = ? WHERE story = ?", [story, other])

    def sharing(self, runs: Iterable[int]) -> list[str]:
        """Articles that have any of these runs, unless it is common; those with most first."""
        found: Counter[str] = Counter()
        for run in runs:
            sql = "SELECT number FROM story_runs WHERE hash = ? LIMIT ?"
            having = self._column(sql, [run, COMMON + 1])
            found.update(having if len(having) <= COMMON else [])
        ids = "SELECT article_id FROM stories WHERE number = ?"
        return [one for number, _ in found.most_common() for one in self._column(ids, [number])]

    def days(self, ids: Sequence[str]) -> dict[str, date | None]:
        """Days of publication of those that are ready."""
        sql = (
            "SELECT id, substr(published, 1, 10) FROM articles WHERE state = 'ready'"
            " AND id IN (SELECT value FROM json_each(?))"
        )
        rows = self._rows(sql, [json.dumps(ids)])
        return {str(one): date.fromisoformat(str(day)) if day else None for one, day in rows}

    def story(self, article_id: str) -> str:
        """The story's id; the article's own where it tells none with others."""
        found = self._column("SELECT story FROM stories WHERE article_id = ?", [article_id])
        return found[0] if found else article_id

    def members(self, article_id: str) -> list[str]:
        """The ready articles of its story, itself too, first published first; undated ones last."""
        return self._column(
            "SELECT id FROM articles WHERE state = 'ready' AND"
            " id IN (SELECT article_id FROM stories WHERE story = ?) ORDER BY published IS NULL,"
            " published, rowid",
            [self.story(article_id)],
        ) or [article_id]

    def count(self) -> int:
        """Stories that ready articles tell."""
        sql = "SELECT count(DISTINCT story) FROM stories JOIN articles ON id = article_id"
        return int(str(self._rows(f"{sql} WHERE state = 'ready'")[0][0]))

    def close(self) -> None:
        with self._lock:
            self._db.close()

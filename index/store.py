"""SQLite: the truth about what is in the archive. The other two stores can be made again from it.

An article is `arriving` until both indexes hold its passages, then `ready`; on removal it is
`leaving` until they no longer do. Only ready articles are seen by readers, so what a crash
interrupts is finished by the next writer and never shown half done.
"""

import json
import sqlite3
import sys
import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from index.article import Article, Block, Excerpt, Passage
from index.errors import ArchiveUnusable
from index.known import FIELDS
from index.sentences import Span

SCHEMA_VERSION = 2
BUSY_SECONDS = 30  # how long a transaction waits for another process's
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('arriving', 'ready', 'leaving')),
    source TEXT NOT NULL,           -- the URL, else the path
    title TEXT NOT NULL,
    text TEXT NOT NULL,             -- every offset counts characters of this
    outlet TEXT NOT NULL,
    authors TEXT NOT NULL,          -- JSON list
    published TEXT,                 -- ISO 8601; NULL if unknown
    published_how TEXT NOT NULL,
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    language TEXT NOT NULL,
    blocks TEXT NOT NULL,           -- JSON list of objects
    sentences BLOB NOT NULL,        -- uint32 start, end; start, end; …; little-endian
    place TEXT NOT NULL DEFAULT '',
    known TEXT NOT NULL DEFAULT '{}'  -- JSON object: how each field is known
);
CREATE INDEX articles_by_source ON articles (source);
CREATE INDEX articles_by_state ON articles (state) WHERE state <> 'ready';
CREATE TABLE passages (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (article_id, start)
) WITHOUT ROWID;
"""
# What makes the format of one version the next one's.
MIGRATIONS = {
    1: (
        "ALTER TABLE articles ADD COLUMN place TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE articles ADD COLUMN known TEXT NOT NULL DEFAULT '{}'",
    ),
}
_FIELDS = tuple(field.name for field in fields(Article))


class Store:
    """One connection, shared by threads behind a lock; every method is one short transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._db = sqlite3.connect(
            path, check_same_thread=False, isolation_level=None, timeout=BUSY_SECONDS
        )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._check_schema()

    def _check_schema(self) -> None:
        if self._version() == SCHEMA_VERSION:
            return
        with self._transaction() as db:
            version = self._version()  # a second process may have made it while this one waited
            if version == 0:
                for statement in SCHEMA.split(";\n"):
                    db.execute(statement)
            elif version in MIGRATIONS:
                for older in range(version, SCHEMA_VERSION):
                    for statement in MIGRATIONS[older]:
                        db.execute(statement)
            elif version != SCHEMA_VERSION:
                raise self._of_another_format(version)
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _of_another_format(self, version: int) -> ArchiveUnusable:
        return ArchiveUnusable(
            f"{self._path} has format {version}, and this Dateline reads {SCHEMA_VERSION}",
            "use the version of Dateline that made it, or add the articles to a new archive",
        )

    def _version(self) -> int:
        return int(self._rows("PRAGMA user_version")[0][0])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                if self._db.in_transaction:  # a full disk has rolled it back already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock, closing(self._db.execute(sql, values)) as cursor:
            return cursor.fetchall()

    def get(self, key: str) -> str | None:
        rows = self._rows("SELECT value FROM meta WHERE key = ?", [key])
        return rows[0][0] if rows else None

    def put(self, key: str, value: str) -> None:
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])

    @property
    def generation(self) -> int:
        """Rises whenever the set of ready articles changes, by whichever process."""
        return int(self.get("generation") or 0)

    def stage(
        self, batch: Iterable[tuple[Article, Sequence[Span], Sequence[Passage]]]
    ) -> tuple[int, int]:
        """Take in new articles as `arriving`; an article with an id that is here changes nothing.

        A file whose content changed replaces what it held before: the older article leaves when
        the newer one is ready. A URL keeps its versions side by side.

        Returns:
            how many articles are new, and how many of these replace an older one.
        """
        new = replaced = 0
        with self._transaction() as db:
            for article, sentences, passages in batch:
                known = db.execute("SELECT state FROM articles WHERE id = ?", [article.id])
                state = (known.fetchone() or [None])[0]
                if state in ("arriving", "ready"):
                    continue
                if state == "leaving":  # removed, and back before the indexes had let go of it
                    db.execute("DELETE FROM articles WHERE id = ?", [article.id])
                replaced += not article.url and self._holds(db, article.source)
                new += 1
                self._insert(db, article, sentences, passages)
        return new, replaced

    @staticmethod
    def _holds(db: sqlite3.Connection, source: str) -> bool:
        sql = "SELECT 1 FROM articles WHERE source = ? AND state <> 'leaving'"
        return db.execute(sql, [source]).fetchone() is not None

    @staticmethod
    def _insert(
        db: sqlite3.Connection,
        article: Article,
        sentences: Sequence[Span],
        passages: Sequence[Passage],
    ) -> None:
        columns = {name: getattr(article, name) for name in _FIELDS} | {
            "id": article.id,
            "state": "arriving",
            "source": article.source,
            "authors": json.dumps(article.authors),
            "blocks": json.dumps([asdict(block) for block in article.blocks]),
            "known": json.dumps(dict(article.known)),
            "sentences": _packed(sentences),
        }
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        db.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", list(columns.values()))
        db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?)",
            [(passage.article_id, passage.start, passage.end) for passage in passages],
        )

    def remove(self, ids: Iterable[str]) -> None:
        """Readers stop seeing these articles at once; `finish` forgets them."""
        with self._transaction() as db:
            for article_id in ids:
                db.execute("UPDATE articles SET state = 'leaving' WHERE id = ?", [article_id])
            _next_generation(db)

    def readmit(self) -> None:
        """Take every ready article for one that has yet to come into the indexes."""
        with self._transaction() as db:
            db.execute("UPDATE articles SET state = 'arriving' WHERE state = 'ready'")
            _next_generation(db)

    def finish(self, arrived: Iterable[str] = (), left: Iterable[str] = ()) -> None:
        """The indexes hold the passages of `arrived`, and no longer hold those of `left`."""
        with self._transaction() as db:
            for article_id in arrived:
                db.execute("UPDATE articles SET state = 'ready' WHERE id = ?", [article_id])
                db.execute(
                    "UPDATE articles SET state = 'leaving' WHERE url = '' AND id <> ?1 AND source ="
                    " (SELECT source FROM articles WHERE id = ?1)",
                    [article_id],
                )
            db.executemany("DELETE FROM articles WHERE id = ?", [[one] for one in left])
            _next_generation(db)

    def is_known(self, article_id: str) -> bool:
        """Whether it is here or on its way in."""
        sql = "SELECT 1 FROM articles WHERE id = ? AND state <> 'leaving'"
        return bool(self._rows(sql, [article_id]))

    def ids(self, state: str) -> list[str]:
        sql = "SELECT id FROM articles WHERE state = ? ORDER BY rowid"
        return [row[0] for row in self._rows(sql, [state])]

    def catalogue(self) -> dict[str, date | None]:
        """Day of publication of every ready article, by id."""
        rows = self._rows("SELECT id, substr(published, 1, 10) FROM articles WHERE state = 'ready'")
        return {one: date.fromisoformat(day) if day else None for one, day in rows}

    def outlets(self) -> dict[str, int]:
        """Ready articles by outlet, most first."""
        sql = (
            "SELECT outlet, count(*) FROM articles WHERE state = 'ready'"
            " GROUP BY outlet ORDER BY count(*) DESC, outlet"
        )
        return dict(self._rows(sql))

    def known(self) -> dict[str, Counter[str]]:
        """By field, how many ready articles know it from each origin; "" where it is unknown."""
        sql = "SELECT known, count(*) FROM articles WHERE state = 'ready' GROUP BY known"
        counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
        for written, articles in self._rows(sql):
            origins = json.loads(written)
            for field, counted in counts.items():
                counted[origins.get(field, "")] += articles
        return counts

    def titles(self, limit: int) -> list[str]:
        """Titles of the newest ready articles that have one."""
        sql = (
            "SELECT title FROM articles WHERE state = 'ready' AND title <> ''"
            " ORDER BY published DESC, id LIMIT ?"
        )
        return [row[0] for row in self._rows(sql, [limit])]

    def article(self, article_id: str) -> Article | None:
        sql = f"SELECT {', '.join(_FIELDS)} FROM articles WHERE id = ?"
        rows = self._rows(sql, [article_id])
        if not rows:
            return None
        columns = dict(zip(_FIELDS, rows[0], strict=True))
        columns["authors"] = tuple(json.loads(columns["authors"]))
        columns["known"] = json.loads(columns["known"])
        columns["blocks"] = tuple(Block(**block) for block in json.loads(columns["blocks"]))
        return Article(**columns)

    def articles(self) -> Iterator[Article]:
        """Every ready article, in the order in which they were added."""
        return filter(None, map(self.article, self.ids("ready")))

    def excerpt(self, passage: Passage) -> Excerpt | None:
        sql = (
            "SELECT substr(text, ?, ?), title, outlet, published, published_how, url, known"
            " FROM articles WHERE id = ?"
        )
        # SQLite counts characters from 1.
        span = (passage.start + 1, passage.end - passage.start)
        rows = self._rows(sql, [*span, passage.article_id])
        if not rows:
            return None
        text, title, outlet, published, how, url, known = rows[0]
        origin = json.loads(known).get("published", "")
        return Excerpt(passage, text, title, outlet, published, how, url, origin)

    def sentences(self, article_id: str) -> list[Span]:
        rows = self._rows("SELECT sentences FROM articles WHERE id = ?", [article_id])
        return _unpacked(rows[0][0]) if rows else []

    def passages(self, article_id: str) -> list[Passage]:
        sql = "SELECT start, end FROM passages WHERE article_id = ? ORDER BY start"
        return [Passage(article_id, start, end) for start, end in self._rows(sql, [article_id])]

    def all_passages(self) -> list[Passage]:
        """The passages of every ready article."""
        sql = (
            "SELECT article_id, start, end FROM passages WHERE article_id NOT IN"
            " (SELECT id FROM articles WHERE state <> 'ready')"
        )
        return [Passage(sys.intern(one), start, end) for one, start, end in self._rows(sql)]

    def count_passages(self, state: str = "ready") -> int:
        sql = (
            "SELECT count(*) FROM passages WHERE article_id IN"
            " (SELECT id FROM articles WHERE state = ?)"
        )
        return int(self._rows(sql, [state])[0][0])

    def close(self) -> None:
        with self._lock:
            self._db.close()


def _next_generation(db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT INTO meta VALUES ('generation', '1')"
        " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )


def _packed(spans: Sequence[Span]) -> bytes:
    numbers = array("I", [offset for span in spans for offset in span])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(data: bytes) -> list[Span]:
    numbers = array("I")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return list(zip(numbers[::2], numbers[1::2], strict=True))

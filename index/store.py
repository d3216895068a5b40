"""SQLite: the truth about what is in the archive. The other two stores can be made again from it.

An article is `arriving` until both indexes hold its passages, then `ready`; on removal it is
`leaving` until they no longer do. Only ready articles are seen by readers, so what a crash
interrupts is finished by the next writer and never shown half done.
"""

import json
import sqlite3
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path

from index import files, schema
from index.article import Article, Block, Excerpt, Passage
from index.database import Database
from index.errors import ArchiveUnusable
from index.known import FIELDS
from index.sentences import Span

GENERATION = "generation"  # keys of `meta`
EMPTY_SLOTS = "empty_slots"
_FIELDS = tuple(field.name for field in fields(Article))


class Store(Database):
    """The articles; every method is one short transaction."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path = path
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._check_schema()

    def _check_schema(self) -> None:
        version = schema.version_of(self._db)
        if version > schema.VERSION:
            raise ArchiveUnusable(
                f"{self._path} has format {version}, and this Dateline reads {schema.VERSION}",
                "use the version of Dateline that made it, or add the articles to a new archive",
            )
        if version < schema.VERSION:
            with self.transaction() as db:
                # A second process may have taken the steps while this one waited.
                for statement in schema.steps_after(schema.version_of(db)):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {schema.VERSION}")

    def get(self, key: str) -> str | None:
        rows = self.rows("SELECT value FROM meta WHERE key = ?", [key])
        return rows[0][0] if rows else None

    def put(self, key: str, value: str) -> None:
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])

    @property
    def generation(self) -> int:
        """Rises whenever the set of ready articles changes, by whichever process."""
        return int(self.get(GENERATION) or 0)

    def stage(
        self,
        batch: Iterable[tuple[Article, Sequence[Span], Sequence[Passage]]],
        reads: Iterable[files.FileRead] = (),
    ) -> int:
        """Take in new articles as `arriving`; an article with an id that is here changes nothing.

        Args:
            reads: files all of whose articles are here now, or in this batch.

        Returns:
            how many articles these files no longer give; see `index.files`.
        """
        with self.transaction() as db:
            for article, sentences, passages in batch:
                known = db.execute("SELECT state FROM articles WHERE id = ?", [article.id])
                state = (known.fetchone() or [None])[0]
                if state in ("arriving", "ready"):
                    continue
                if state == "leaving":  # removed, and back before the indexes had let go of it
                    db.execute("DELETE FROM articles WHERE id = ?", [article.id])
                self._insert(db, article, sentences, passages)
            older = sum(files.record(db, read) for read in reads)
            if files.let_go(db):
                _raise(db, GENERATION)
            return older

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
            "added": datetime.now().astimezone().isoformat(timespec="seconds"),
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
        """Readers stop seeing these articles at once; `finish` forgets them.

        The files that gave them are forgotten, too, so that adding one again brings them back.
        """
        with self.transaction() as db:
            for article_id in ids:
                db.execute(
                    "DELETE FROM files WHERE path IN (SELECT path FROM held WHERE article_id = ?)",
                    [article_id],
                )
                db.execute("DELETE FROM held WHERE article_id = ?", [article_id])
                db.execute("UPDATE articles SET state = 'leaving' WHERE id = ?", [article_id])
            _raise(db, GENERATION)

    def readmit(self) -> None:
        """Take every ready article for one that has yet to come into the indexes."""
        with self.transaction() as db:
            db.execute("UPDATE articles SET state = 'arriving' WHERE state = 'ready'")
            _raise(db, GENERATION)

    def finish(self, arrived: Iterable[str] = (), left: Sequence[str] = (), slots: int = 0) -> None:
        """The indexes hold the passages of `arrived`, and no longer hold those of `left`.

        Args:
            slots: how many places of the vectors' graph those that left leave empty.
        """
        with self.transaction() as db:
            for article_id in arrived:
                db.execute("UPDATE articles SET state = 'ready' WHERE id = ?", [article_id])
            db.executemany("DELETE FROM articles WHERE id = ?", [[one] for one in left])
            files.let_go(db)
            if slots:
                _raise(db, EMPTY_SLOTS, slots)
            _raise(db, GENERATION)

    def release(self, paths: Iterable[str]) -> int:
        """Forget these files; readers stop seeing at once what no other file gives.

        Returns:
            how many articles that is.
        """
        with self.transaction() as db:
            files.release(db, paths)
            _raise(db, GENERATION)
            return files.let_go(db)

    def swap(self, folders: Mapping[str, str]) -> None:
        """From now on the indexes are in these folders, by the keys of `index.folders`."""
        with self.transaction() as db:
            for key, name in folders.items():
                db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, name])
            db.execute("DELETE FROM meta WHERE key = ?", [EMPTY_SLOTS])
            _raise(db, GENERATION)

    @property
    def empty_slots(self) -> int:
        """Places of the vectors' graph that are lost until it is made anew."""
        return int(self.get(EMPTY_SLOTS) or 0)

    def file(self, path: str) -> files.FileRead | None:
        """What reading that file gave the last time."""
        with self._lock:
            return files.known(self._db, path)

    def files_below(self, folder: str) -> list[str]:
        """The paths of all files read in a folder, or of the one file of that name."""
        with self._lock:
            return files.below(self._db, folder)

    def ids_at(self, source: str) -> list[str]:
        """The articles, not leaving, of that URL or of that path or place in a file."""
        sql = "SELECT id FROM articles WHERE (source = ?1 OR path = ?1) AND state <> 'leaving'"
        return [row[0] for row in self.rows(sql, [source])]

    def holders(self, article_id: str) -> list[str]:
        """The paths of the files that give it."""
        return [
            row[0] for row in self.rows("SELECT path FROM held WHERE article_id = ?", [article_id])
        ]

    def ids_in(self, path: str) -> list[str]:
        """The articles that a file gives."""
        return [row[0] for row in self.rows("SELECT article_id FROM held WHERE path = ?", [path])]

    def names(self) -> list[str]:
        """All that an article can be called by: ids, URLs and paths."""
        sql = (
            "SELECT id FROM articles UNION SELECT source FROM articles UNION SELECT path FROM held"
        )
        return [row[0] for row in self.rows(sql)]

    def is_known(self, article_id: str) -> bool:
        """Whether it is here or on its way in."""
        sql = "SELECT 1 FROM articles WHERE id = ? AND state <> 'leaving'"
        return bool(self.rows(sql, [article_id]))

    def ids(self, state: str) -> list[str]:
        sql = "SELECT id FROM articles WHERE state = ? ORDER BY rowid"
        return [row[0] for row in self.rows(sql, [state])]

    def catalogue(self) -> list[tuple[str, date | None, str]]:
        """Id, day of publication and outlet of every ready article."""
        sql = "SELECT id, substr(published, 1, 10), outlet FROM articles WHERE state = 'ready'"
        return [
            (one, date.fromisoformat(day) if day else None, sys.intern(outlet))
            for one, day, outlet in self.rows(sql)
        ]

    def versions(self) -> list[tuple[str, str, str]]:
        """URL, id, and day of each ready article that shares its URL, oldest version first.

        The day is that of its publication, else the one on which it was added; "" if unknown.
        """
        return self.rows(
            "SELECT url, id, substr(coalesce(published, added, ''), 1, 10) AS day FROM articles"
            " WHERE state = 'ready' AND url <> '' AND source IN"
            " (SELECT source FROM articles GROUP BY source HAVING count(*) > 1)"
            " ORDER BY url, day, added, rowid"
        )

    def outlets(self) -> dict[str, int]:
        """Ready articles by outlet, most first."""
        sql = (
            "SELECT outlet, count(*) FROM articles WHERE state = 'ready'"
            " GROUP BY outlet ORDER BY count(*) DESC, outlet"
        )
        return dict(self.rows(sql))

    def known(self) -> dict[str, Counter[str]]:
        """By field, how many ready articles know it from each origin; "" where it is unknown."""
        sql = "SELECT known, count(*) FROM articles WHERE state = 'ready' GROUP BY known"
        counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
        for written, articles in self.rows(sql):
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
        return [row[0] for row in self.rows(sql, [limit])]

    def article(self, article_id: str) -> Article | None:
        sql = f"SELECT {', '.join(_FIELDS)} FROM articles WHERE id = ?"
        rows = self.rows(sql, [article_id])
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
        rows = self.rows(sql, [*span, passage.article_id])
        if not rows:
            return None
        text, title, outlet, published, how, url, known = rows[0]
        origin = json.loads(known).get("published", "")
        return Excerpt(passage, text, title, outlet, published, how, url, origin)

    def sentences(self, article_id: str) -> list[Span]:
        rows = self.rows("SELECT sentences FROM articles WHERE id = ?", [article_id])
        return _unpacked(rows[0][0]) if rows else []

    def passages(self, article_id: str) -> list[Passage]:
        sql = "SELECT start, end FROM passages WHERE article_id = ? ORDER BY start"
        return [Passage(article_id, start, end) for start, end in self.rows(sql, [article_id])]

    def all_passages(self) -> list[Passage]:
        """The passages of every ready article."""
        sql = (
            "SELECT article_id, start, end FROM passages WHERE article_id NOT IN"
            " (SELECT id FROM articles WHERE state <> 'ready')"
        )
        return [Passage(sys.intern(one), start, end) for one, start, end in self.rows(sql)]

    def count_passages(self, state: str = "ready") -> int:
        sql = (
            "SELECT count(*) FROM passages WHERE article_id IN"
            " (SELECT id FROM articles WHERE state = ?)"
        )
        return int(self.rows(sql, [state])[0][0])

    def integrity(self) -> list[str]:
        """What SQLite itself finds damaged."""
        said = [str(row[0]) for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        astray = self.rows("PRAGMA foreign_key_check")
        return said + [f"a row of {row[0]} belongs to no article" for row in astray]


def _raise(db: sqlite3.Connection, key: str, by: int = 1) -> None:
    db.execute(
        "INSERT INTO meta VALUES (?1, ?2)"
        " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + ?2",
        [key, by],
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

"""The tables, and the steps from each version of them to the next.

A new database takes every step, so it is the same as one that was made by an older Dateline and
brought up to date. A step is a list of statements; what is released is never altered.
"""

import sqlite3

STEPS = {
    1: """
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
    sentences BLOB NOT NULL         -- uint32 start, end; start, end; …; little-endian
);
CREATE INDEX articles_by_source ON articles (source);
CREATE INDEX articles_by_state ON articles (state) WHERE state <> 'ready';
CREATE TABLE passages (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (article_id, start)
) WITHOUT ROWID;
""",
    2: """
-- ISO 8601 with its zone. NULL for what was added before version 2.
ALTER TABLE articles ADD COLUMN added TEXT;
ALTER TABLE articles ADD COLUMN place TEXT NOT NULL DEFAULT '';
-- JSON object: how each field is known.
ALTER TABLE articles ADD COLUMN known TEXT NOT NULL DEFAULT '{}';
CREATE TABLE files (
    path TEXT PRIMARY KEY,          -- absolute
    size INTEGER NOT NULL,          -- bytes
    mtime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,           -- empty where the file gave no article
    manner TEXT NOT NULL,           -- how it was read: `index.loaders.Found`
    errors TEXT NOT NULL            -- JSON list of [problem, cure]
) WITHOUT ROWID;
CREATE TABLE held (                 -- which file gave which article
    path TEXT NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    stale INTEGER NOT NULL DEFAULT 0,  -- the file no longer gives it
    PRIMARY KEY (path, article_id)
) WITHOUT ROWID;
CREATE INDEX held_by_article ON held (article_id);
CREATE INDEX held_stale ON held (stale) WHERE stale;
INSERT INTO held (path, article_id) -- a record's path is its file's with #123 after it
    SELECT CASE WHEN rtrim(path, '0123456789') LIKE '%#'
                THEN rtrim(rtrim(path, '0123456789'), '#') ELSE path END, id
    FROM articles WHERE path <> '' AND state <> 'leaving';
""",
    3: """
-- Version 2 kept these beside its own tables, with rows that outlived their articles; what they
-- hold is found again with the next article.
DROP TABLE IF EXISTS story_runs;
DROP TABLE IF EXISTS stories;
CREATE TABLE stories (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
    story TEXT NOT NULL             -- the id of the article it began with, which may have left
);
CREATE INDEX stories_by_story ON stories (story);
CREATE TABLE story_runs (
    hash INTEGER NOT NULL,          -- of a run of words
    number INTEGER NOT NULL REFERENCES stories (number) ON DELETE CASCADE,
    PRIMARY KEY (hash, number)
) WITHOUT ROWID;
CREATE INDEX story_runs_by_number ON story_runs (number);
""",
}
VERSION = max(STEPS)


def steps_after(version: int) -> list[str]:
    """The statements that bring a database of that version, 0 for an empty one, up to date."""
    wanted = "".join(STEPS[step] for step in range(version + 1, VERSION + 1))
    return [statement for statement in wanted.split(";\n") if statement.strip()]


def version_of(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])

"""A file costs work when it has changed, and then only what changed in it."""

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from conftest import WordEncoder

from index.encoder import Vectors
from index.index import Index
from index.report import Outcome
from index.schema import STEPS

Write = Callable[[str, str], Path]


class CountingEncoder(WordEncoder):
    """Knows how many texts it was given."""

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return super().encode(texts)


@pytest.fixture
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def index(tmp_path: Path, encoder: CountingEncoder) -> Iterator[Index]:
    with Index(tmp_path / "archive", encoder) as index:
        yield index


def _texts(index: Index) -> set[str]:
    return {article.text for article in index.store.articles()}


def _rewrite_unseen(file: Path, text: str) -> None:
    """Other content of the same size, with the same time of change."""
    seen = file.stat()
    assert len(text.encode()) == seen.st_size
    file.write_text(text)
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def test_a_file_that_looks_the_same_is_not_read_again(
    index: Index, write: Write, encoder: CountingEncoder
) -> None:
    folder = write("gates.txt", "The gates were shut.")
    index.add([folder])
    _rewrite_unseen(folder / "gates.txt", "The gates were open.")
    before = encoder.encoded
    report = index.add([folder])
    assert (report.added, report.unchanged, encoder.encoded) == (0, 1, before)
    assert _texts(index) == {"The gates were shut."}


def test_a_touched_file_is_hashed_and_then_known_by_its_new_time(
    index: Index, write: Write
) -> None:
    folder = write("gates.txt", "The gates were shut.")
    file = folder / "gates.txt"
    index.add([folder])
    os.utime(file, ns=(1, 1))
    assert index.add([folder]).unchanged == 1
    _rewrite_unseen(file, "The gates were open.")
    assert index.add([folder]).unchanged == 1  # by its time alone: the hash would have told
    os.utime(file, ns=(2, 2))
    report = index.add([folder])
    assert (report.added, report.replaced, _texts(index)) == (1, 1, {"The gates were open."})


def test_a_bad_file_is_told_of_again_without_being_read(index: Index, write: Write) -> None:
    folder = write("bad.jsonl", '{"text": "Weir 1 was mended."}\n{"text": ')
    first = index.add([folder])
    _rewrite_unseen(folder / "bad.jsonl", '{"text": "Weir 1 was mended."}\n{"text":!')
    again = index.add([folder])
    assert [str(error) for error in again.skipped] == [str(error) for error in first.skipped]
    assert len(first.skipped) == 1 and (again.added, again.unchanged) == (0, 1)


def test_a_file_that_could_not_be_opened_is_tried_again(index: Index, write: Write) -> None:
    folder = write("gates.txt", "The gates were shut.")
    (folder / "link.txt").symlink_to(folder / "later.txt")
    assert len(index.add([folder]).skipped) == 1
    (folder / "later.txt").write_text("The ferry was sold.")
    assert index.add([folder]).added == 1


def test_what_an_older_loader_read_is_read_again(
    index: Index, write: Write, encoder: CountingEncoder
) -> None:
    folder = write("gates.txt", "The gates were shut.")
    index.add([folder])
    with index.store.transaction() as db:
        db.execute("UPDATE files SET manner = 'as an older Dateline'")
    _rewrite_unseen(folder / "gates.txt", "The gates were open.")
    assert index.add([folder]).added == 1


def test_a_sidecar_that_has_changed_describes_unchanged_files_anew(
    index: Index, write: Write, encoder: CountingEncoder
) -> None:
    folder = write("gates.txt", "The gates were shut.")
    index.add([folder])
    write("metadata.csv", "file,outlet\ngates.txt,Harbour Post\n")
    index.add([folder])
    assert set(index.store.outlets()) == {"Harbour Post"}
    assert index.add([folder]).unchanged == 1


def _records(*texts: str) -> str:
    return "\n".join(json.dumps({"text": text}) for text in texts)


@pytest.mark.parametrize(
    ("after", "added", "replaced"),
    [
        (["One.", "Two was mended.", "Three."], 1, 1),
        (["Zero.", "One.", "Two.", "Three."], 1, 0),  # every later record moves down a line
        (["Three.", "Two.", "One."], 0, 0),
        (["Three."], 0, 2),
    ],
)
def test_of_many_records_only_those_that_changed_are_replaced(
    index: Index,
    write: Write,
    encoder: CountingEncoder,
    after: list[str],
    added: int,
    replaced: int,
) -> None:
    index.add([write("wire.jsonl", _records("One.", "Two.", "Three."))])
    encoder.encoded = 0
    report = index.add([write("wire.jsonl", _records(*after))])
    assert (report.added, report.replaced, encoder.encoded) == (added, replaced, added)
    assert _texts(index) == set(after)
    assert not index.verify().flaws


def test_a_file_that_can_no_longer_be_read_keeps_what_it_gave(index: Index, write: Write) -> None:
    index.add([write("gates.txt", "The gates were shut.")])
    report = index.add([write("gates.txt", "")])
    assert "no text in it" in str(report.skipped[0])
    assert _texts(index) == {"The gates were shut."}


def test_an_article_that_two_files_give_leaves_with_the_last_of_them(
    index: Index, write: Write
) -> None:
    write("one.txt", "The gates were shut.")
    index.add([write("two.txt", "The gates were shut.")])
    index.add([write("one.txt", "The ferry was sold.")])
    assert _texts(index) == {"The gates were shut.", "The ferry was sold."}
    index.add([write("two.txt", "The mill burned.")])
    assert _texts(index) == {"The mill burned.", "The ferry was sold."}


def test_the_log_tells_what_became_of_every_file_and_record(index: Index, write: Write) -> None:
    told: list[Outcome] = []
    write("gates.txt", "The gates were shut.")
    write("empty.txt", "")
    folder = write("wire.jsonl", _records("One.", "Two."))
    index.add([folder], on_outcome=told.append)
    made = [(Path(one.path).name, one.what, bool(one.article), bool(one.why)) for one in told]
    assert made == [
        ("empty.txt", "skipped", False, True),
        ("gates.txt", "added", True, False),
        ("wire.jsonl#1", "added", True, False),
        ("wire.jsonl#2", "added", True, False),
    ]
    told.clear()
    index.add([folder], on_outcome=told.append)
    assert [one.what for one in told] == ["skipped", "unchanged", "unchanged"]


def test_thousands_of_unchanged_files_are_passed_a_second(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(1_000):
        (folder / f"{number}.txt").write_text(f"Weir {number}.")
    with Index(tmp_path / "archive", WordEncoder()) as index:
        index.add([folder])
        began = time.perf_counter()
        assert index.add([folder]).unchanged == 1_000
        assert time.perf_counter() - began < 1  # measured: 0.1 s


def test_an_archive_of_the_first_schema_is_brought_up_to_date_where_it_lies(
    tmp_path: Path, write: Write, encoder: CountingEncoder
) -> None:
    folder = write("gates.txt", "The gates were shut.")
    write("wire.jsonl", _records("One.", "Two."))
    with Index(tmp_path / "archive", encoder) as index:
        index.add([folder])
        known, new = _texts(index), _tables(index)
    _take_back(tmp_path / "archive" / "archive.sqlite")
    encoder.encoded = 0
    with Index(tmp_path / "archive", encoder) as index:
        assert _texts(index) == known
        assert _tables(index) == new
        assert index.add([folder]).unchanged == 3 and encoder.encoded == 0
        index.add([write("wire.jsonl", _records("One.", "Three."))])
        assert _texts(index) == {"The gates were shut.", "One.", "Three."}
        assert not index.verify().flaws


def _take_back(database: Path) -> None:
    """The same archive as an older Dateline made it: with the tables of the first schema only."""
    old = sqlite3.connect(database)
    kept = {
        table: old.execute(f"SELECT * FROM {table}").fetchall() for table in ("meta", "passages")
    }
    first = sqlite3.connect(":memory:")
    first.executescript(STEPS[1])
    names = [row[1] for row in first.execute("PRAGMA table_info(articles)")]
    articles = old.execute(f"SELECT {', '.join(names)} FROM articles").fetchall()
    old.close()
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
    made = sqlite3.connect(database)
    made.executescript(STEPS[1] + "PRAGMA user_version = 1;")
    for table, rows in (kept | {"articles": articles}).items():
        marks = ", ".join("?" * len(rows[0]))
        made.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    made.commit()
    made.close()


def _tables(index: Index) -> list[tuple[str, ...]]:
    return index.store.rows("SELECT type, name, sql FROM sqlite_master ORDER BY name")

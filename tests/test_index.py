"""An article goes into three stores as one, and comes out whole or not at all."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import WordEncoder

from index.article import Passage
from index.errors import ArchiveInUse, ArchiveUnusable, DatelineError, EncoderUnusable
from index.index import Index
from index.lock import writing
from index.report import Progress

Write = Callable[[str, str], Path]

GATES = """---
title: Gates shut
outlet: Harbour Post
published: 2021-03-02
---
The sluice gates were shut at dawn.
"""
FERRY = """---
title: Ferry sold
published: 2021-03-09
---
The ferry was sold to a rival for 84 million.
"""
UNDATED = "---\ntitle: Old mill\n---\nThe mill has stood empty for years.\n"


@pytest.fixture
def index(tmp_path: Path, encoder: WordEncoder) -> Iterator[Index]:
    with Index(tmp_path / "archive", encoder) as index:
        yield index


@pytest.fixture
def filled(index: Index, write: Write) -> Index:
    for name, text in [("gates.md", GATES), ("ferry.md", FERRY), ("mill.md", UNDATED)]:
        folder = write(name, text)
    index.add([folder])
    return index


def _all(passage: Passage) -> bool:
    return True


def _found(index: Index, text: str, k: int = 5) -> list[str]:
    """Titles found by meaning, then by words."""
    vector = index.encoder.encode([text])[0]
    hits = [*index.nearest(vector, k, _all)[:1], *index.matching(text, k, _all)[:1]]
    return [index.article(passage.article_id).title for passage, _ in hits]


def test_an_added_article_is_found_by_meaning_and_by_words(filled: Index) -> None:
    assert _found(filled, "sluice gates shut") == ["Gates shut", "Gates shut"]


def test_adding_twice_changes_nothing(filled: Index, tmp_path: Path) -> None:
    before = (filled.store.generation, len(filled.catalogue.days), filled.store.count_passages())
    report = filled.add([tmp_path / "articles"])
    assert (report.added, report.unchanged, report.passages) == (0, 3, 0)
    assert (
        filled.store.generation,
        len(filled.catalogue.days),
        filled.store.count_passages(),
    ) == before


def test_the_same_content_in_another_file_is_the_same_article(filled: Index, write: Write) -> None:
    report = filled.add([write("copy.md", GATES)])
    assert (report.added, len(filled.catalogue.days)) == (0, 3)


def test_a_changed_file_replaces_what_it_held(filled: Index, write: Write) -> None:
    report = filled.add([write("gates.md", GATES.replace("shut at dawn", "opened at noon"))])
    assert (report.added, report.replaced, len(filled.catalogue.days)) == (1, 1, 3)
    text = filled.article(filled.matching("sluice gates", 5, _all)[0][0].article_id).text
    assert text == "The sluice gates were opened at noon."
    assert len(filled.matching("sluice gates", 5, _all)) == 1


def test_the_report_counts_dates_and_names_what_was_skipped(index: Index, write: Write) -> None:
    write("gates.md", GATES)
    write("mill.md", UNDATED)
    report = index.add([write("empty.txt", "")])
    assert dict(report.dates) == {"stated": 1, "unknown": 1}
    assert len(report.skipped) == 1
    assert "empty.txt" in str(report.skipped[0])


def test_progress_is_told_first_of_articles_then_of_passages(index: Index, write: Write) -> None:
    told: list[Progress] = []
    write("gates.md", GATES)
    index.add([write("ferry.md", FERRY)], told.append)
    assert [(p.stage, p.done, p.total) for p in told] == [
        ("reading", 1, None),
        ("reading", 2, None),
        ("embedding", 2, 2),
    ]


def test_a_missing_source_is_named_and_nothing_is_added(filled: Index, tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"articlse.*did you mean.*articles"):
        filled.add([tmp_path / "articlse"])
    assert len(filled.catalogue.days) == 3


def test_an_archive_opened_again_holds_what_was_added(filled: Index, encoder: WordEncoder) -> None:
    filled.close()
    with Index(filled.folder, encoder) as again:
        assert _found(again, "ferry sold rival") == ["Ferry sold", "Ferry sold"]


def test_another_encoder_is_refused_with_a_cure(filled: Index) -> None:
    class Other(WordEncoder):
        name = "other"

    with pytest.raises(
        EncoderUnusable, match=r"made with the encoder words, not other.*new archive"
    ):
        Index(filled.folder, Other())


def test_fetching_more_makes_up_for_passages_that_are_not_allowed(
    index: Index, write: Write
) -> None:
    for n in range(60):
        folder = write(f"{n}.txt", f"The gates of weir number {n} were shut.")
    index.add([folder])
    wanted = {p.id for p, _ in index.matching("gates weir shut", 60, _all)[-3:]}
    vector = index.encoder.encode(["gates weir shut"])[0]
    for hits in (
        index.matching("gates weir shut", 3, lambda p: p.id in wanted),
        index.nearest(vector, 3, lambda p: p.id in wanted),
    ):
        assert {passage.id for passage, _ in hits} == wanted


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, encoder: WordEncoder) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ArchiveUnusable, match="holds something else"):
        Index(tmp_path, encoder)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_damaged_database_is_named(filled: Index, encoder: WordEncoder) -> None:
    filled.close()
    (filled.folder / "archive.sqlite").write_bytes(b"not a database" * 1000)
    with pytest.raises(ArchiveUnusable, match=r"archive.* cannot be used .*not a database"):
        Index(filled.folder, encoder)


def test_an_archive_of_a_later_format_is_refused(filled: Index, encoder: WordEncoder) -> None:
    filled.store._db.execute("PRAGMA user_version = 99")
    filled.close()
    with pytest.raises(ArchiveUnusable, match="format 99"):
        Index(filled.folder, encoder)


def test_a_missing_archive_is_not_made_by_reading(tmp_path: Path, encoder: WordEncoder) -> None:
    with pytest.raises(ArchiveUnusable, match=r"there is no archive at .*dateline add"):
        Index(tmp_path / "none", encoder, create=False)
    assert not (tmp_path / "none").exists()


def test_a_second_writer_is_told_who_the_first_is(filled: Index, tmp_path: Path) -> None:
    with writing(filled.folder), pytest.raises(ArchiveInUse, match=rf"process {os.getpid()} \("):
        filled.add([tmp_path / "articles"])


def test_an_interrupted_add_is_finished_by_the_next(
    index: Index, write: Write, encoder: WordEncoder
) -> None:
    write("gates.md", GATES)
    folder = write("ferry.md", FERRY)

    def stop(progress: Progress) -> None:
        if progress.stage == "embedding":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.add([folder], stop)
    assert index.store.ids("ready") == []
    index.close()
    with Index(index.folder, encoder) as again:
        again.add([folder])
        assert len(again.catalogue.days) == 2
        assert _found(again, "sluice gates") == ["Gates shut", "Gates shut"]
        assert len(again.matching("sluice gates", 5, _all)) == 1


@pytest.mark.parametrize("lost", ["vectors", "words"])
def test_an_index_that_was_deleted_is_made_anew_by_the_next_add(
    filled: Index, tmp_path: Path, encoder: WordEncoder, lost: str
) -> None:
    filled.close()
    shutil.rmtree(filled.folder / lost)
    # In another process: Chroma does not bear its folder's being made anew in the same one.
    with _worker(filled, tmp_path / "articles") as worker:
        assert worker.wait() == 0
    with Index(filled.folder, encoder) as again:
        assert _found(again, "sluice gates shut") == ["Gates shut", "Gates shut"]
        assert len(again.matching("sluice gates", 5, _all)) == 1


WORKER = """
import sys
sys.path.insert(0, {tests!r})
from conftest import WordEncoder
from index.index import Index
with Index(__import__("pathlib").Path({folder!r}), WordEncoder()) as index:
    print("open", flush=True)
    index.add([{articles!r}])
    print("added", flush=True)
"""


def _worker(index: Index, articles: Path) -> "subprocess.Popen[str]":
    program = WORKER.format(
        tests=str(Path(__file__).parent), folder=str(index.folder), articles=str(articles)
    )
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)


def test_a_reader_sees_what_another_process_added(index: Index, write: Write) -> None:
    index.add([write("gates.md", GATES)])
    assert _found(index, "ferry sold rival")[0] == "Gates shut"
    with _worker(index, write("ferry.md", FERRY)) as worker:
        worker.wait()
    index.refresh()
    assert _found(index, "ferry sold rival") == ["Ferry sold", "Ferry sold"]


def test_kill_9_in_the_middle_of_an_add_loses_nothing(
    index: Index, write: Write, encoder: WordEncoder
) -> None:
    index.add([write("gates.md", GATES)])
    for n in range(400):
        folder = write(f"{n:03}.txt", f"The weir number w{n} was mended.\n" * 8)
    with _worker(index, folder) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(0.4)
        worker.send_signal(signal.SIGKILL)
    index.close()
    with Index(index.folder, encoder) as again:
        assert _found(again, "sluice gates") == ["Gates shut", "Gates shut"]
        assert all(
            again.matching(f"w{n}", 1, _all)
            for n in range(400)
            if n < len(again.catalogue.days) - 1
        )
        again.add([folder])
        assert len(again.catalogue.days) == 401
        for n in (0, 199, 399):
            (hit,) = again.matching(f"w{n}", 2, _all)
            assert again.article(hit[0].article_id).text.startswith(f"The weir number w{n} ")


def _mounted(kind: str, at: Path, *options: str) -> bool:
    at.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *options, kind, str(at)], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    at = tmp_path / "disk"
    if sys.platform != "linux" or not _mounted("tmpfs", at, "-t", "tmpfs", "-o", "size=2m"):
        pytest.skip("mounting a small disk takes root on Linux")
    yield at
    subprocess.run(["umount", "-l", str(at)], check=True)


def test_a_full_disk_is_named_and_what_was_added_stays(
    small_disk: Path, write: Write, encoder: WordEncoder
) -> None:
    with Index(small_disk / "archive", encoder) as index:
        index.add([write("gates.md", GATES)])
        for n in range(300):
            folder = write(
                f"{n}.txt", f"Weir {n}. " + "The weir was mended again and again. " * 400
            )
        with pytest.raises(ArchiveUnusable, match=r"the disk that holds .* is full: make room"):
            index.add([folder])
        assert _found(index, "sluice gates") == ["Gates shut", "Gates shut"]


def test_a_read_only_archive_is_named_with_a_cure(
    filled: Index, tmp_path: Path, encoder: WordEncoder
) -> None:
    filled.close()
    at = tmp_path / "read-only"
    if not _mounted(str(filled.folder), at, "--bind"):
        pytest.skip("mounting takes root on Linux")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(at)], check=True)
        with pytest.raises(ArchiveUnusable, match="read-only cannot be written to: copy"):
            Index(at, encoder)
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)

"""What leaves a folder leaves the archive when that is asked for, and never by accident."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from conftest import WordEncoder

from index.errors import ArchiveInUse, DatelineError, UnreadableSource
from index.files import Only
from index.index import Index
from index.lock import writing
from index.report import AddReport
from index.sync import MANY
from index.watch import watch
from ui.cli import main
from ui.terminal import summary

Write = Callable[[str, str], Path]

SHIP = (
    "---\nurl: https://harbour.example/ferry\npublished: 2021-03-0{0}\n---\n"
    "The ferry made {0} trips.\n"
)


@pytest.fixture
def index(tmp_path: Path, encoder: WordEncoder) -> Iterator[Index]:
    with Index(tmp_path / "archive", encoder) as index:
        yield index


def _texts(index: Index) -> set[str]:
    """Of what is there; nothing may be left over in any store."""
    report = index.verify()
    assert (report.flaws, report.unfinished) == ((), 0)
    return {article.text for article in index.store.articles()}


@pytest.fixture
def folder(index: Index, write: Write) -> Path:
    write("gates.txt", "The gates were shut.")
    write("deep/mill.txt", "The mill burned.")
    folder = write("ferry.txt", "The ferry was sold.")
    index.add([folder])
    return folder


def test_only_with_sync_do_vanished_files_take_their_articles_along(
    index: Index, folder: Path
) -> None:
    (folder / "gates.txt").unlink()
    shutil.rmtree(folder / "deep")
    assert index.add([folder]).removed == 0
    assert len(_texts(index)) == 3
    assert index.add([folder], sync=True).removed == 2
    assert _texts(index) == {"The ferry was sold."}
    assert index.matching("gates mill", 5, lambda passage: True) == []


def test_a_renamed_file_keeps_its_article(index: Index, folder: Path) -> None:
    (folder / "gates.txt").rename(folder / "sluices.txt")
    report = index.add([folder], sync=True)
    assert (report.added, report.unchanged, report.removed, len(_texts(index))) == (0, 3, 0, 3)
    (folder / "sluices.txt").unlink()
    assert index.add([folder], sync=True).removed == 1


def test_other_folders_are_not_touched_not_even_one_whose_name_begins_alike(
    index: Index, folder: Path
) -> None:
    other = folder.with_name(folder.name + "-2")
    shutil.copytree(folder, other)
    (other / "dam.txt").write_text("The dam held.")
    index.add([other])
    (other / "dam.txt").unlink()
    assert index.add([folder], sync=True).removed == 0
    assert index.add([other], sync=True).removed == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_cannot_be_looked_into_keeps_its_articles(index: Index, folder: Path) -> None:
    (folder / "deep").chmod(0)
    try:
        assert index.add([folder], sync=True).removed == 0
    finally:
        (folder / "deep").chmod(0o700)


def test_a_folder_that_is_gone_is_refused_with_the_command_that_means_it(
    index: Index, folder: Path
) -> None:
    folder.rename(folder.with_name("away"))
    with pytest.raises(DatelineError, match=rf"not there, and 3 .*`dateline remove {folder}`"):
        index.add([folder], sync=True)
    assert len(_texts(index)) == 3
    assert len(index.remove([folder]).titles) == 3


def test_a_folder_that_suddenly_holds_none_of_many_files_is_refused_until_it_is_meant(
    index: Index, write: Write
) -> None:
    for number in range(MANY):
        folder = write(f"{number}.txt", f"Weir {number} was mended.")
    index.add([folder])
    for file in folder.iterdir():
        file.unlink()
    (folder / "new.txt").write_text("The dam held.")  # another disk is mounted in its place
    with pytest.raises(DatelineError, match=rf"none of the {MANY} files known in .*--emptied"):
        index.add([folder], sync=True)
    assert len(_texts(index)) == MANY
    assert index.add([folder], sync=True, emptied=True).removed == MANY
    assert _texts(index) == {"The dam held."}


def _id(index: Index, text: str) -> str:
    return next(article.id for article in index.store.articles() if article.text == text)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("id", {"The mill burned.", "The ferry was sold."}),
        ("gates.txt", {"The mill burned.", "The ferry was sold."}),
        ("deep", {"The gates were shut.", "The ferry was sold."}),
        ("", set()),
    ],
)
def test_articles_are_removed_by_id_file_and_folder(
    index: Index, folder: Path, name: str, left: set[str]
) -> None:
    report = index.remove([_id(index, "The gates were shut.") if name == "id" else folder / name])
    assert _texts(index) == left
    assert len(report.titles) == 3 - len(left) and report.files


def test_one_record_is_removed_by_its_place_and_all_come_back_with_the_file(
    index: Index, write: Write
) -> None:
    folder = write("wire.jsonl", '{"text": "One."}\n{"text": "Two."}')
    index.add([folder])
    report = index.remove([f"{folder / 'wire.jsonl'}#2"])
    assert _texts(index) == {"One."} and report.files == (str(folder / "wire.jsonl"),)
    assert index.add([folder]).added == 1
    assert _texts(index) == {"One.", "Two."}


def test_a_url_is_removed_with_all_its_versions(index: Index, write: Write) -> None:
    for number in (1, 2):
        index.add([write("ferry.md", SHIP.format(number))])
    assert len(_texts(index)) == 2
    assert len(index.remove(["https://harbour.example/ferry"]).titles) == 2
    assert _texts(index) == set()


def test_a_file_that_vanished_takes_the_older_versions_along(index: Index, write: Write) -> None:
    for number in (1, 2):
        folder = write("ferry.md", SHIP.format(number))
        index.add([folder])
    (folder / "ferry.md").unlink()
    assert index.add([folder], sync=True).removed == 2
    assert _texts(index) == set()


def test_an_article_that_another_file_gives_stays(index: Index, folder: Path) -> None:
    shutil.copy(folder / "gates.txt", folder / "copy.txt")
    index.add([folder])
    report = index.remove([folder / "gates.txt"])
    assert (report.titles, report.kept) == ({}, 1)
    assert "The gates were shut." in _texts(index)


@pytest.mark.parametrize("name", ["gatse.txt", "https://harbour.example/fery", "0123456789abcdef"])
def test_an_unknown_name_is_refused_and_nothing_is_removed(
    index: Index, folder: Path, write: Write, name: str
) -> None:
    index.add([write("ferry.md", SHIP.format(1))])
    typed = str(folder / name) if name.endswith(".txt") else name
    with pytest.raises(DatelineError, match=f"nothing in the archive is called '.*{name}'"):
        index.remove([folder / "gates.txt", typed])
    assert len(_texts(index)) == 4


def test_the_nearest_names_are_given(index: Index, folder: Path, write: Write) -> None:
    index.add([write("ferry.md", SHIP.format(1))])
    article_id = _id(index, "The gates were shut.")
    for typed, meant in [
        (f"{folder}/gatse.txt", f"{folder}/gates.txt"),
        ("https://harbour.example/fery", "https://harbour.example/ferry"),
        (article_id[:-1] + "x", article_id),
    ]:
        with pytest.raises(DatelineError, match=f"did you mean .*'{meant}'"):
            index.remove([typed])


class Watched:
    """A folder watched by a thread, and what was told of it."""

    def __init__(self, index: Index, folder: Path) -> None:
        self.reports: list[AddReport] = []
        self.stop = threading.Event()
        self._index, self._folder = index, folder
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        self.reports.extend(watch(self._folder, self._index.add, self.stop))

    def __enter__(self) -> "Watched":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop.set()
        self._thread.join()


def _until(happened: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_a_watched_folder_s_files_are_added_as_they_come_and_whole(
    index: Index, write: Write
) -> None:
    folder = write("gates.txt", "The gates were shut.")
    with Watched(index, folder):
        _until(lambda: len(index.catalogue.days) == 1)
        with (folder / "slow.jsonl").open("w") as slow:
            for number in range(12):
                slow.write(f'{{"text": "Weir {number}."}}\n')
                slow.flush()
                time.sleep(0.2)
                assert len(index.catalogue.days) == 1  # not taken half
        _until(lambda: len(index.catalogue.days) == 13)
        (folder / "deep").mkdir()
        (folder / "deep" / "ferry.txt").write_text("The ferry was sold.")
        _until(lambda: len(index.catalogue.days) == 14)
    assert len(_texts(index)) == 14


def test_a_sidecar_that_comes_changes_or_goes_describes_what_is_there(
    index: Index, write: Write
) -> None:
    folder = write("deep/gates.txt", "The gates were shut.")
    sidecar = folder / "metadata.csv"

    def outlets() -> set[str]:
        return {index.catalogue.outlet(one) for one in index.catalogue.ids}

    def told_by(outlet: str) -> Callable[[], bool]:
        return lambda: outlets() == {outlet}

    with Watched(index, folder):
        _until(lambda: outlets() == {""})
        for outlet in ("Harbour Post", "Ledger"):
            sidecar.write_text(f"file,outlet\ndeep/gates.txt,{outlet}\n")
            _until(told_by(outlet))
        (folder / "deep" / "ferry.txt").write_text("The ferry was sold.")
        sidecar.write_text("file,outlet\ndeep/gates.txt,Ledger\ndeep/ferry.txt,Tidings\n")
        _until(lambda: outlets() == {"Ledger", "Tidings"})
        sidecar.unlink()
        _until(lambda: outlets() == {""})


def test_a_watched_file_waits_while_another_process_writes(index: Index, write: Write) -> None:
    folder = write("gates.txt", "The gates were shut.")
    tried: list[ArchiveInUse] = []

    def add(paths: Sequence[Path], *, only: Only) -> AddReport:
        try:
            return index.add(paths, only=only)
        except ArchiveInUse as error:
            tried.append(error)
            raise

    stop = threading.Event()
    thread = threading.Thread(target=lambda: list(watch(folder, add, stop)))
    with writing(index.folder):
        thread.start()
        _until(lambda: bool(tried))
    _until(lambda: len(index.catalogue.days) == 1)
    stop.set()
    thread.join()


def test_a_folder_that_is_not_there_cannot_be_watched(index: Index, tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="no folder at"):
        next(watch(tmp_path / "none", index.add))


@pytest.fixture
def home(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(models)


@pytest.mark.usefixtures("home")
def test_ctrl_c_ends_the_watch_cleanly(write: Write) -> None:
    folder = write("gates.txt", "The gates were shut.")
    command = [sys.executable, "-m", "ui", "watch", str(folder)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background are deaf to Ctrl-C, and so would their children be.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as it:
        assert it.stdout is not None and it.stderr is not None
        assert it.stdout.readline().startswith("Watching ")
        assert it.stdout.readline().startswith("Added 1 article (1 passage)")
        it.send_signal(signal.SIGINT)
        assert it.wait(20) == 0
        assert "Stopped." in it.stdout.read()
        assert "Traceback" not in it.stderr.read()


@pytest.mark.usefixtures("home")
def test_the_commands_say_what_left(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("mill.txt", "The mill burned.")
    folder = write("gates.txt", "The gates were shut.")
    log = tmp_path / "log.jsonl"
    assert main(["add", str(folder), "--log", str(log)]) == 0
    assert [line for line in log.read_text().splitlines() if '"what": "added"' in line]
    (folder / "gates.txt").unlink()
    assert main(["add", str(folder), "--sync"]) == 0
    assert "1 removed with their files" in capsys.readouterr().out
    assert main(["remove", str(folder / "mill.txt")]) == 0
    said = capsys.readouterr().out
    assert "Removed 1 article." in said and "The mill burned." in said and "bring back" in said
    assert main(["remove", str(folder / "mill.txt")]) == 1
    assert "nothing in the archive is called" in capsys.readouterr().err


def test_of_many_bad_files_some_are_named_and_all_are_counted_by_reason() -> None:
    bad = [UnreadableSource(f"/a/{n}.txt: no text in it", "leave it out") for n in range(30)]
    bad += [UnreadableSource(f"/a/{n}.mov: not a format Dateline reads", "") for n in range(5)]
    said = summary(AddReport(added=2, skipped=bad))
    assert "Skipped 35:" in said and "/a/19.txt: no text in it" in said and "/a/20" not in said
    assert "and 15 more" in said
    assert "      30  no text in it\n       5  not a format Dateline reads" in said

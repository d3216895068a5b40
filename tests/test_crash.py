"""Real processes: killed at any moment nothing is lost or half done, and readers keep up.

DATELINE_TEST_SEED chooses the moments; a failure prints the seed that gives them again.
"""

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import busy
import pytest
from conftest import WordEncoder

from index.errors import ArchiveInUse
from index.index import Index
from index.lock import writing

SEED = int(os.environ.get("DATELINE_TEST_SEED") or random.SystemRandom().randrange(10**6))
LONGEST = 1.2  # seconds that a writer lives


def _start(*arguments: object) -> "subprocess.Popen[str]":
    """A process of `busy`, once its archive is open."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, busy.__file__, *map(str, arguments)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    if process.stdout.readline() != "open\n":
        pytest.fail(_rest(process)[1])
    return process


def _rest(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """What it still says, and its errors; `communicate` would lose what was read with a line."""
    assert process.stdout is not None and process.stderr is not None
    with process:
        return process.stdout.read(), process.stderr.read()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


def _killed(archive: Path, articles: Path, seed: int) -> list[list[str]]:
    """What a writer told before it was killed."""
    process = _start("write", archive, articles, seed)
    time.sleep(random.Random(seed).uniform(0, LONGEST))
    process.kill()
    told, errors = _rest(process)
    assert not errors, errors
    return [line.split() for line in told.splitlines()]


def _check_after(archive: Path, articles: Path, seed: int, here: set[str]) -> None:
    """
    Args:
        here: what was told to have been added and not yet to be removed; brought up to date.
    """
    doubtful: set[str] = set()
    for what, *numbers in _killed(archive, articles, seed):
        if what == "added":
            here |= {*numbers}
        elif what == "removing":
            here -= {*numbers}
            doubtful = {*numbers}
        elif what == "removed":
            doubtful = set()
    with Index(archive, WordEncoder()) as index:
        assert index.verify().flaws == ()
        assert [number for number in here if not busy.finds(index, f"w{number}")] == []
        index.add([articles])
        report = index.verify()
        assert (report.flaws, report.unfinished) == ((), 0)
        on_disk = {file.stem for file in articles.iterdir()}
        assert here <= on_disk | doubtful
        assert [number for number in on_disk if not busy.finds(index, f"w{number}")] == []
        here |= on_disk


def _kill_at(moments: int, archive: Path, articles: Path) -> None:
    print(f"DATELINE_TEST_SEED={SEED}")
    here: set[str] = set()
    for moment in range(moments):
        _check_after(archive, articles, SEED + moment, here)


def test_kill_9_at_five_moments_loses_nothing_and_leaves_nothing_half_done(
    tmp_path: Path, articles: Path
) -> None:
    _kill_at(5, tmp_path / "archive", articles)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_kill_9_at_fifty_moments_loses_nothing_and_leaves_nothing_half_done(
    tmp_path: Path, articles: Path
) -> None:
    _kill_at(50, tmp_path / "archive", articles)


@pytest.fixture
def index(tmp_path: Path, articles: Path) -> Iterator[Index]:
    for number in range(5):
        (articles / f"{number}.txt").write_text(busy.text_of(number))
    with Index(tmp_path / "archive", WordEncoder()) as index:
        index.add([articles])
        yield index


def test_another_process_sees_within_a_second_what_was_added(index: Index, articles: Path) -> None:
    process = _start("wait", index.folder, "w77")
    (articles / "77.txt").write_text(busy.text_of(77))
    index.add([articles])
    done = time.time()
    seen, errors = _rest(process)
    assert not errors and float(seen) - done < 1


def test_a_reader_misses_nothing_while_another_process_adds_removes_and_rebuilds(
    index: Index, articles: Path
) -> None:
    process = _start("read", index.folder, 5, "w0", "w1")
    end = time.monotonic() + 4
    number = 100
    while time.monotonic() < end:
        number += 1
        (articles / f"{number}.txt").write_text(busy.text_of(number))
        index.add([articles])
        index.rebuild()
        index.remove([articles / f"{number}.txt"])
        (articles / f"{number}.txt").unlink()
    rounds, errors = _rest(process)
    assert process.returncode == 0, errors
    assert int(rounds) > 5


def test_a_second_process_that_would_write_is_told_who_writes(
    tmp_path: Path, articles: Path
) -> None:
    process = _start("write", tmp_path / "archive", articles, SEED)
    told = rf'process {process.pid} \("busy.py write .*"\), since \d\d:\d\d:\d\d: wait until'
    end = time.monotonic() + 20
    said = ""
    try:
        while not re.search(told, said):  # it writes most of the time, not all of it
            assert time.monotonic() < end, f"only this was said: {said}"
            assert process.poll() is None, _rest(process)
            time.sleep(0.02)  # this one holds the lock for no time: the other would be refused
            try:
                with writing(tmp_path / "archive"):
                    pass
            except ArchiveInUse as refused:
                said = str(refused)
    finally:
        process.kill()
        _rest(process)

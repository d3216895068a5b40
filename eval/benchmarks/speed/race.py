"""Contenders in turns, each measured in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from eval.benchmarks.speed.contender import Entry
from eval.benchmarks.speed.machine import size_of
from eval.benchmarks.speed.worker import Added, Asked
from eval.benchmarks.speed.workload import Asking
from index.errors import DatelineError

COLD_STARTS = 5
# No contender may wait for a network that need not be there.
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}

Tell = Callable[[str], None]


@dataclass
class Round:
    """One size, and what each contender took at it, by its name.

    Attributes:
        size: passages asked for.
        perturbed: whether most of them are copies (see `perturbed`); nothing is added then.
        disk: bytes of the finished store.
        cold: seconds of a new process that answers one question and ends.
    """

    size: int
    perturbed: bool = False
    added: dict[str, list[Added]] = field(default_factory=dict)
    asked: dict[str, list[Asked]] = field(default_factory=dict)
    passages: dict[str, int] = field(default_factory=dict)
    disk: dict[str, int] = field(default_factory=dict)
    cold: dict[str, list[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Track:
    """Where a round is run: the folder of the stores, and the files that the workers read."""

    stores: Path
    articles: Path
    questions: Path

    def store(self, entry: Entry) -> Path:
        return self.stores / entry.name


def measure_adding(
    into: Round, entries: Sequence[Entry], track: Track, repeat: int, tell: Tell
) -> None:
    """Fill `added`, `passages` and `disk`; the last turn's stores stay for the asking."""
    for entry in _turns(entries, repeat):
        tell(f"{into.size:,} passages: {entry.title} adds")
        store = track.store(entry)
        shutil.rmtree(store, ignore_errors=True)
        added = Added(**_work("add", entry, store, track.articles))
        into.added.setdefault(entry.name, []).append(added)
        into.passages[entry.name] = added.passages
        into.disk[entry.name] = size_of(store)


def measure_asking(
    into: Round, entries: Sequence[Entry], track: Track, repeat: int, tell: Tell
) -> None:
    """Fill `asked` and `cold` from stores that are there."""
    for entry in _turns(entries, repeat):
        tell(f"{into.size:,} passages: {entry.title} is asked")
        asked = Asked(**_work("ask", entry, track.store(entry), track.questions))
        into.asked.setdefault(entry.name, []).append(asked)
    for entry in _turns(entries, COLD_STARTS):
        tell(f"{into.size:,} passages: {entry.title} from a cold shell")
        into.cold.setdefault(entry.name, []).append(_cold_start(entry, track))


def _turns(entries: Sequence[Entry], repeat: int) -> Iterator[Entry]:
    """Everyone once, then everyone once in reverse, and so on: a drift of the machine cancels."""
    for turn in range(repeat):
        yield from entries if turn % 2 == 0 else reversed(entries)


def _cold_start(entry: Entry, track: Track) -> float:
    """`dateline ask` with all of its answer; of a peer, import and find passages once."""
    if entry.ours:
        asking = Asking(**json.loads(track.questions.read_text(encoding="utf-8"))[0])
        command = ["-m", "ui", "ask", asking.text, "--archive", str(track.store(entry).resolve())]
    else:
        command = _command("once", entry, track.store(entry), track.questions)
    began = perf_counter()
    _run(command)
    return perf_counter() - began


def _work(task: str, entry: Entry, store: Path, file: Path) -> dict[str, Any]:
    measured: dict[str, Any] = json.loads(_run(_command(task, entry, store, file)).splitlines()[-1])
    return measured


def _command(task: str, entry: Entry, store: Path, file: Path) -> list[str]:
    return ["-m", "eval.benchmarks.speed.worker", task, entry.name, str(store), str(file)]


def _run(arguments: Sequence[str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=os.environ | OFFLINE,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise DatelineError(f"python {' '.join(arguments)} failed ({last})", "run it by itself")
    return done.stdout

"""`python -m eval.benchmarks.speed FOLDER`; `--help` names what can be varied."""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.benchmarks.speed import tables
from eval.benchmarks.speed.contender import DATELINE, ENTRIES, Entry
from eval.benchmarks.speed.machine import machine, size_of
from eval.benchmarks.speed.perturbed import build
from eval.benchmarks.speed.race import Round, Track, measure_adding, measure_asking
from eval.benchmarks.speed.workload import (
    Cut,
    count_passages,
    cut_articles,
    first,
    questions_for,
    write_articles,
    write_questions,
)
from index.encoder import load_encoder
from index.errors import DatelineError
from index.index import Index


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    chosen = [ENTRIES[name] for name in options.who]
    present = [entry for entry in chosen if not entry.missing]
    try:
        with tempfile.TemporaryDirectory(prefix="dateline-speed-") as scratch:
            rounds = _rounds(options, present, Path(scratch))
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print(f"{machine()}; files are in the system's cache\n")
    for section in (tables.adding, tables.asking, tables.stages):
        print(f"{section(rounds)}\n")
    print(tables.NOTES, tables.left_out(chosen), sep="\n")
    if options.json:
        versions = {name: version for entry in present for name, version in entry.versions.items()}
        raw = {"machine": machine(), "versions": versions, "rounds": tables.plain(rounds)}
        options.json.write_text(json.dumps(raw, indent=1))
    return 0


def _rounds(options: argparse.Namespace, entries: Sequence[Entry], scratch: Path) -> list[Round]:
    _tell("cutting articles into passages")
    cuts = cut_articles(options.folder, min(max(options.sizes), options.embedded))
    questions = scratch / "questions.json"
    write_questions(questions, questions_for(options.folder, cuts, options.questions))
    rounds = []
    for size in options.sizes:
        track = Track(scratch / str(size), scratch / f"{size}.jsonl", questions)
        if size <= count_passages(cuts):
            rounds.append(_real(size, cuts, entries, track, options.repeat))
        else:
            rounds.append(_perturbed(size, cuts, track, options))
        shutil.rmtree(track.stores, ignore_errors=True)
    return rounds


def _real(
    size: int, cuts: Sequence[Cut], entries: Sequence[Entry], track: Track, repeat: int
) -> Round:
    write_articles(track.articles, first(cuts, size))
    result = Round(size)
    measure_adding(result, entries, track, repeat, _tell)
    measure_asking(result, entries, track, repeat, _tell)
    return result


def _perturbed(size: int, cuts: Sequence[Cut], track: Track, options: argparse.Namespace) -> Round:
    encoder = load_encoder()
    stores = options.cache / f"{size}-{encoder.name}" if options.cache else track.stores
    track = Track(stores, track.articles, track.questions)
    store = track.store(DATELINE)
    if not _holds(store, size):
        _tell(f"{size:,} passages: building an archive of copies")
        shutil.rmtree(store, ignore_errors=True)
        build(store, cuts, size, encoder)
    result = Round(size, perturbed=True, passages={DATELINE.name: size})
    result.disk[DATELINE.name] = size_of(store)
    measure_asking(result, [DATELINE], track, options.repeat, _tell)
    return result


def _holds(store: Path, size: int) -> bool:
    """Whether an archive of that size was built there before, and to its end."""
    if not store.is_dir():
        return False
    with Index(store) as index:
        return index.store.count_passages() == size


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.speed")
    parser.add_argument("folder", type=Path, help="what `dateline add` reads")
    parser.add_argument("--sizes", type=_sizes, default=[1_000, 10_000, 100_000], metavar="N,N")
    parser.add_argument(
        "--embedded", type=int, default=10_000, help="most real passages; a larger size has copies"
    )
    parser.add_argument(
        "--who", nargs="+", choices=ENTRIES, default=list(ENTRIES), help="all, unless given"
    )
    parser.add_argument("--questions", type=int, default=100, help="how many are asked")
    parser.add_argument("--repeat", type=int, default=3, help="turns of every contender")
    parser.add_argument("--cache", type=Path, help="keep built archives there, for the next run")
    parser.add_argument("--json", type=Path, help="write every number there")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

"""Rounds as Markdown tables, and as plain JSON types."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from eval.benchmarks.speed.contender import DATELINE, ENTRIES, Entry
from eval.benchmarks.speed.race import Round
from eval.metrics import median, percentile

ADDING = (
    "passages",
    "made",
    "who",
    "characters/s",
    "against",
    "ready, s",
    "peak, MB",
    "bytes each",
)
ASKING = ("passages", "who", "p50, ms", "p95, ms", "first, ms", "cold shell, s", "peak, MB")
STAGES = ("passages", "who", "stage", "p50, ms", "p95, ms")

NOTES = """\
Speeds are the median of the turns (lowest–highest), of the articles' text without titles, from the
file of articles to passages that another process can find; "ready" is importing and opening, and is
not in them. "Against" is Dateline's speed over that of the row. txtai is given Dateline's passages,
already cut. A question is answered with ten passages, of any day; in the stages, Dateline is asked
from the question's own day, and "searching" holds the three parts measured before it. The cold
shell is a new process: `dateline ask` with its whole answer, of a peer the ten passages."""


def adding(rounds: Sequence[Round]) -> str:
    return _table(ADDING, (row for one in rounds for row in _adding(one)))


def asking(rounds: Sequence[Round]) -> str:
    return _table(ASKING, (row for one in rounds for row in _asking(one)))


def stages(rounds: Sequence[Round]) -> str:
    return _table(STAGES, (row for one in rounds for row in _stages(one)))


def left_out(entries: Iterable[Entry]) -> str:
    """A line for every peer that is not installed, with the command that mends it."""
    return "\n".join(
        f"{entry.title} is left out: pip install {' '.join(entry.missing)}"
        for entry in entries
        if entry.missing
    )


def plain(rounds: Sequence[Round]) -> list[dict[str, Any]]:
    return [asdict(one) for one in rounds]


def _adding(one: Round) -> Iterator[list[str]]:
    rates = {name: [a.characters / a.seconds for a in added] for name, added in one.added.items()}
    ours = _median(rates.get(DATELINE.name, [])) or None
    for name, added in one.added.items():
        theirs = _median(rates[name])
        yield [
            f"{one.size:,}",
            f"{one.passages[name]:,}",
            ENTRIES[name].title,
            _range(rates[name], "{:,.0f}"),
            f"{ours / theirs:.1f} ×" if ours else "-",
            _range([a.ready for a in added], "{:.1f}"),
            f"{_median([a.peak for a in added]) / 1e6:,.0f}",
            f"{one.disk[name] / one.passages[name]:,.0f}",
        ]


def _asking(one: Round) -> Iterator[list[str]]:
    for name, asked in one.asked.items():
        yield [
            _size(one),
            ENTRIES[name].title,
            _range([_median(a.found) for a in asked], "{:.1f}"),
            _range([_percentile(a.found, 95) for a in asked], "{:.1f}"),
            f"{_median([a.first for a in asked]):,.0f}",
            _range(one.cold[name], "{:.2f}"),
            f"{_median([a.peak for a in asked]) / 1e6:,.0f}",
        ]


def _stages(one: Round) -> Iterator[list[str]]:
    for name, asked in one.asked.items():
        for stage in dict.fromkeys(stage for a in asked for stage in a.stages):
            times = [time for a in asked for time in a.stages.get(stage, [])]
            ends = (f"{_median(times):.1f}", f"{_percentile(times, 95):.1f}")
            yield [_size(one), ENTRIES[name].title, stage, *ends]


def _size(one: Round) -> str:
    return f"{one.size:,}{' (copies)' if one.perturbed else ''}"


def _range(values: Sequence[float], form: str) -> str:
    """`12 (11–14)`: the median, the lowest and the highest."""
    write: Callable[[float], str] = form.format
    return f"{write(_median(values))} ({write(min(values))}–{write(max(values))})"


def _median(values: Sequence[float]) -> float:
    return median(values) or 0.0


def _percentile(values: Sequence[float], percent: float) -> float:
    return percentile(values, percent) or 0.0


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    words = ("who", "stage")
    rule = ["---" if name in words else "---:" for name in head]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])

"""Floors under the measures, which only rise: what once worked has to go on working.

A floor lies some cases beneath what was measured: two processors round differently, and the scores
of 8-bit models move by that (docs/decisions/int8.md). Milliseconds have no floor: they differ from
machine to machine more than by any fault of ours.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eval.baseline import UPDATE, Baseline
from eval.report import Measure, Report
from eval.score import MEASURES
from index.errors import DatelineError

_ABSOLUTE = {"citation_validity": 1.0}  # promised of every citation, so no margin
_ROUNDING = 1e-6
# Twice the standard deviation between two processors, 1.4 x sqrt(2) cases at most by
# `python -m eval.benchmarks.rounding`.
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A measure beneath its floor.

    Attributes:
        measured: None if no case has the measure any more.
        cases: how many cases more would have reached the floor.
    """

    measure: str
    floor: float
    measured: float | None
    cases: float

    def __str__(self) -> str:
        if self.measured is None:
            return f"{self.measure} has a floor of {self.floor:.4f}, but no case measures it"
        return (
            f"{self.measure} is {self.measured:.4f}, below its floor of {self.floor:.4f} "
            f"by {self.cases:.1f} cases"
        )


def check(report: Report, baseline: Baseline) -> list[Shortfall]:
    """The measures that fell beneath their floors, in the baseline's order.

    Raises:
        DatelineError: the baseline is of other cases or other articles.
    """
    require_same_corpus(baseline, report.corpus_sha256)
    return list(_shortfalls(report, baseline))


def require_same_corpus(baseline: Baseline, corpus_sha256: str) -> None:
    if baseline.corpus_sha256 != corpus_sha256:
        raise DatelineError(
            f"the baseline is of corpus {baseline.corpus_sha256[:12]}, but these cases and "
            f"articles are corpus {corpus_sha256[:12]}",
            f"{UPDATE} if that change is meant",
        )


def update(report: Report, baseline: Baseline | None = None, lower: bool = False) -> Baseline:
    """A baseline with the floors raised to this report.

    Floors stay in force when the corpus changes: harder cases lower them only if that is said.

    Raises:
        DatelineError: a measure is beneath its floor, and `lower` was not given.
    """
    old = dict(baseline.floors) if baseline else {}
    for short in _shortfalls(report, baseline) if baseline else ():
        if short.measure in _ABSOLUTE:
            continue
        if not lower:
            raise DatelineError(str(short), "mend it, or accept it with `--lower`")
        del old[short.measure]
    return Baseline(report.corpus_sha256, len(report.results), _floors(report.overall, old))


def _shortfalls(report: Report, baseline: Baseline) -> Iterator[Shortfall]:
    measures = report.overall
    for name, floor in baseline.floors.items():
        measure = measures.get(name, Measure(None, 0))
        missing = (floor - (measure.value or 0.0)) * measure.cases
        if measure.value is None or missing > _ROUNDING:
            yield Shortfall(name, floor, measure.value, missing)


def _floors(measures: Mapping[str, Measure], old: Mapping[str, float]) -> dict[str, float]:
    floors = {}
    for name in MEASURES:
        measure = measures[name]
        if measure.value is not None:
            reached = _ABSOLUTE.get(name) or _beneath(measure.value, measure.cases)
            floors[name] = max(reached, old.get(name, 0.0))
    return floors


def _beneath(value: float, cases: int) -> float:
    """The margin beneath, rounded down to four places."""
    return max(0.0, math.floor((value - _MARGIN / cases) * 10_000 + _ROUNDING) / 10_000)

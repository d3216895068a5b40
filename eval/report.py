"""What a run of the suite found, as numbers and for a terminal."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.metrics import mean, median, percentile
from eval.result import CaseResult
from eval.score import MEASURES

_WIDTH = 100  # columns
_FINDING = ("hit@1", "hit@5", "hit@10", "mrr", "ms_p50", "ms_p95")


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over the cases to which a measure applies, or a percentile of milliseconds.

    Attributes:
        value: None if it applies to no case.
        cases: how many cases it applies to.
    """

    value: float | None
    cases: int


@dataclass(frozen=True, slots=True)
class Report:
    """A run of the suite.

    Attributes:
        corpus_sha256: which cases were asked of which articles (see `eval.suite.fingerprint`).
    """

    corpus_sha256: str
    results: tuple[CaseResult, ...]

    @property
    def overall(self) -> dict[str, Measure]:
        return _measures(self.results)

    @property
    def by_kind(self) -> dict[str, dict[str, Measure]]:
        kinds = dict.fromkeys(result.case.kind for result in self.results)
        return {kind: _measures([r for r in self.results if r.case.kind == kind]) for kind in kinds}

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        return tuple(result for result in self.results if result.faults)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types only."""
        return {
            "corpus_sha256": self.corpus_sha256,
            "cases": len(self.results),
            "overall": _plain(self.overall),
            "by_kind": {kind: _plain(measures) for kind, measures in self.by_kind.items()},
            "results": [result.to_dict() for result in self.results],
        }


def render(report: Report) -> str:
    """The measures overall and by kind, then the failed cases, at most 100 columns wide."""
    rows = {
        f"{label} ({measures['ms_p50'].cases})": measures
        for label, measures in {"all": report.overall, **report.by_kind}.items()
    }
    answering = [name for name in report.overall if name not in _FINDING]
    failed = report.failed
    parts = [_table("finding", _FINDING, rows), _table("answering", answering, rows)]
    parts.append(f"{len(failed)} of {len(report.results)} cases failed" + (":" if failed else "."))
    return "\n\n".join([*parts, *map(_failure, failed)])


def _measures(results: Sequence[CaseResult]) -> dict[str, Measure]:
    measures = {}
    for name in MEASURES:
        values = [result.scores[name] for result in results if name in result.scores]
        measures[name] = Measure(mean(values), len(values))
    times = [result.milliseconds for result in results]
    measures["ms_p50"] = Measure(median(times), len(times))
    measures["ms_p95"] = Measure(percentile(times, 95), len(times))
    return measures


def _plain(measures: Mapping[str, Measure]) -> dict[str, Any]:
    return {name: asdict(measure) for name, measure in measures.items()}


def _table(title: str, names: Iterable[str], rows: Mapping[str, Mapping[str, Measure]]) -> str:
    """Names over numbers, the numbers flush right."""
    grid = [[title, *names]]
    grid += [[label, *(_number(name, row[name]) for name in names)] for label, row in rows.items()]
    widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in grid
    )


def _number(name: str, measure: Measure) -> str:
    if measure.value is None:
        return "-"
    return f"{measure.value:.0f}" if name.startswith("ms_") else f"{measure.value:.2f}"


def _failure(result: CaseResult) -> str:
    case, answer = result.case, result.answer
    expected = " | ".join(case.answers) if case.answerable else "an abstention"
    lines = [textwrap.fill(f"{case.id} ({case.kind}): {'; '.join(result.faults)}", _WIDTH)]
    lines += map(_field, ("asked", "expected", "answered"), (case.question, expected, answer.text))
    return "\n".join(lines)


def _field(name: str, text: str) -> str:
    head = f"  {name:<10}"
    return textwrap.fill(text or "-", _WIDTH, initial_indent=head, subsequent_indent=" " * 12)

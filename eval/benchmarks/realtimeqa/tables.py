"""A run as measures, and as a table."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.benchmarks.realtimeqa.run import DEPTHS, QuizResult
from eval.metrics import mean, median, percentile

MEASURES = (
    *(f"hit@{k}" for k in DEPTHS),
    *("mrr", "em", "f1", "contains", "stated", "citation_validity"),
    *("answered_present", "abstained_absent", "abstained_unanswerable"),
)
Measures = Mapping[str, float | None]


def measures(results: Sequence[QuizResult]) -> dict[str, float | None]:
    """Each measure over the questions it applies to, and milliseconds a question."""
    found: dict[str, float | None] = {
        name: mean([r.scores[name] for r in results if name in r.scores]) for name in MEASURES
    }
    times = [result.milliseconds for result in results]
    return found | {"ms_p50": median(times), "ms_p95": percentile(times, 95)}


def groups(results: Sequence[QuizResult]) -> dict[str, list[QuizResult]]:
    """All results, then by quarter and by kind of question."""
    found = {"all": list(results)}
    keys: tuple[Callable[[QuizResult], str], ...] = (
        lambda result: result.question.quarter,
        lambda result: result.kind,
    )
    for key in keys:
        for name in sorted({key(result) for result in results}):
            found[name] = [result for result in results if key(result) == name]
    return found


def table(rows: Mapping[str, Sequence[QuizResult]]) -> str:
    """A Markdown table, measures down and groups across."""
    columns = {f"{name} ({len(results)})": measures(results) for name, results in rows.items()}
    lines = [["measure", *columns], ["---", *("---:" for _ in columns)]]
    for name in next(iter(columns.values())):
        lines.append([name, *(_number(name, column[name]) for column in columns.values())])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def plain(results: Sequence[QuizResult]) -> dict[str, Any]:
    """The run as plain JSON types."""
    return {
        "measures": measures(results),
        "groups": {name: measures(rows) for name, rows in groups(results).items()},
        "cases": [
            {
                "id": result.question.id,
                "question": result.question.text,
                "answers": result.question.answers,
                "label": result.question.label,
                "kind": result.kind,
                "rank": result.rank,
                "scores": result.scores,
                "milliseconds": result.milliseconds,
                "answer": result.answer.to_dict(),
            }
            for result in results
        ],
    }


def _number(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if name.startswith("ms_") else f"{value:.3f}"

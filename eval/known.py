"""The known-answer suite as one call: run it, and hold it against its baseline."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eval.baseline import load_baseline, save_baseline
from eval.cases import load_cases
from eval.gate import Shortfall, check, require_same_corpus, update
from eval.report import Report
from eval.result import CaseResult
from eval.suite import Asked, fingerprint, run


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report, and the measures beneath their floors; none without a baseline."""

    report: Report
    shortfalls: tuple[Shortfall, ...] = ()


def evaluate(
    archive: Asked,
    cases: Path,
    baseline: Path | None = None,
    on_case: Callable[[CaseResult], object] = lambda result: None,
) -> Verdict:
    """Run a file of cases, gated by a baseline if one is named.

    Raises:
        DatelineError: a file cannot be used, the cases do not fit the archive, or the baseline
            is of another corpus, which is found before anything is asked.
    """
    asked = load_cases(cases)
    if baseline is None:
        return Verdict(run(archive, asked, on_case))
    floors = load_baseline(baseline)
    require_same_corpus(floors, fingerprint(asked, archive.articles()))
    report = run(archive, asked, on_case)
    return Verdict(report, tuple(check(report, floors)))


def rebase(report: Report, baseline: Path, lower: bool = False) -> None:
    """Raise the floors of a baseline, made if absent, to a report.

    Raises:
        DatelineError: a measure is beneath its floor and `lower` was not given, or the file
            cannot be read or written.
    """
    old = load_baseline(baseline) if baseline.exists() else None
    save_baseline(update(report, old, lower), baseline)

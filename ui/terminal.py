"""Answers and reports as a terminal shows them."""

import json
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from index.errors import DatelineError, UnreadableSource
from index.report import AddReport, OnOutcome, OnProgress, Outcome, Progress, RemoveReport
from index.verify import VerifyReport
from rag.answer import Answer, source_lines
from ui.languages import foreign

if TYPE_CHECKING:
    from tqdm import tqdm

MOST_SKIPPED = 20  # named; the count is always told
MOST_REASONS = 10


def written(answer: Answer) -> str:
    """The answer, then its numbered sources, wrapped to the terminal."""
    parts = [_wrapped(line) for line in answer.text.split("\n")]
    if sources := source_lines(answer):
        parts.append("Sources" if answer.citations else "Nearest passages")
        parts += [_wrapped(line, hang=4) for line in sources]
    parts += [_wrapped(remark) for remark in answer.remarks]
    return "\n\n".join(parts)


def summary(report: AddReport) -> str:
    """What came in, how its dates are known, and what was skipped and why."""
    lines = [
        f"Added {_count(report.added, 'article')} ({_count(report.passages, 'passage')}) in "
        f"{report.seconds:.1f} s"
        + (f"; {report.replaced:,} gave way to them" if report.replaced else "")
        + (f"; {report.removed:,} removed with their files" if report.removed else "")
        + (f"; {report.unchanged:,} were here already" if report.unchanged else "")
        + "."
    ]
    if report.dates:
        known = ", ".join(f"{count:,} {how}" for how, count in report.dates.most_common())
        lines.append(f"Dates: {known}.")
    if report.foreign:
        lines.append(f"Not in English, which alone is read well: {foreign(report.foreign)}.")
    if report.repaired:
        lines.append(f"Garbled characters put right in {_count(report.repaired, 'article')}.")
    if report.skipped:
        lines.append(f"Skipped {len(report.skipped):,}:")
        lines += [f"  {reason}" for reason in report.skipped[:MOST_SKIPPED]]
        if (more := len(report.skipped) - MOST_SKIPPED) > 0:
            lines.append(f"  and {more:,} more. All of them, by reason:")
            lines += _by_reason(report.skipped)
    return "\n".join(lines)


def _by_reason(skipped: Iterable[UnreadableSource]) -> list[str]:
    """A table of the commonest reasons, each without the name of its file."""
    reasons = Counter(error.problem.rpartition(": ")[2] for error in skipped)
    return [f"{count:>8,}  {reason}" for reason, count in reasons.most_common(MOST_REASONS)]


@contextmanager
def outcome_log(file: Path | None) -> Iterator[OnOutcome | None]:
    """Appends a JSON object for each outcome to the file, if one is given.

    Raises:
        DatelineError: the file cannot be written to.
    """
    if file is None:
        yield None
        return
    try:
        with file.open("a", encoding="utf-8") as log:
            yield lambda outcome: _append(log, outcome)
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise DatelineError(f"the log '{file}': {said}", "name another file with --log") from error


def _append(log: TextIO, outcome: Outcome) -> None:
    told = {name: value for name, value in asdict(outcome).items() if value}
    log.write(json.dumps(told, ensure_ascii=False) + "\n")


@contextmanager
def progress_bar() -> Iterator[OnProgress]:
    """A bar on the terminal, with rate and time left; silent where there is no terminal."""
    from tqdm import tqdm

    bars: dict[str, tqdm[NoReturn]] = {}

    def show(progress: Progress) -> None:
        bar = bars.get(progress.stage)
        if bar is None:
            _close(bars.values())
            unit = " articles" if progress.stage == "reading" else " passages"
            # disable=None: no bar where stderr is no terminal.
            bar = tqdm(desc=progress.stage, total=progress.total, unit=unit, disable=None)
            bars[progress.stage] = bar
        bar.update(progress.done - bar.n)

    try:
        yield show
    finally:
        _close(bars.values())


def _close(bars: Iterable["tqdm[NoReturn]"]) -> None:
    for bar in bars:
        bar.close()


def _wrapped(text: str, hang: int = 0) -> str:
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    return textwrap.fill(
        text, width, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def removal(report: RemoveReport) -> str:
    """What was taken out, and what of it an `add` would bring back."""
    lines = [f"Removed {_count(len(report.titles), 'article')}."]
    lines += [f"  {one}  {title}" for one, title in list(report.titles.items())[:MOST_SKIPPED]]
    if (more := len(report.titles) - MOST_SKIPPED) > 0:
        lines.append(f"  and {more:,} more")
    if report.kept:
        lines.append(f"{_count(report.kept, 'article')} stayed: another file gives the same.")
    if report.files:
        lines.append(f"Adding {report.files[0]} again would bring back what it gives.")
    return "\n".join(lines)


def findings(report: VerifyReport) -> str:
    """What was checked, and each flaw with what mends it."""
    checked = (
        f"{_count(report.articles, 'article')}, {_count(report.passages, 'passage')} and "
        f"{_count(report.sentences, 'sentence')} checked"
    )
    lines = [f"{checked}; {'nothing is wrong' if not report.flaws else 'this is wrong'}."]
    lines += [f"  {flaw}" for flaw in report.flaws[:MOST_SKIPPED]]
    if (more := len(report.flaws) - MOST_SKIPPED) > 0:
        lines.append(f"  and {more:,} more; --json gives them all")
    if report.unfinished:
        lines.append(
            f"{_count(report.unfinished, 'article')} half way in or out, seen by nobody: "
            "the next `dateline add` ends it."
        )
    return "\n".join(lines)

"""Answers and reports as a terminal shows them."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from index.report import AddReport, OnProgress, Progress
from rag.answer import Answer, source_line

if TYPE_CHECKING:
    from tqdm import tqdm

MOST_SKIPPED = 20  # reasons shown; the count is always told


def written(answer: Answer) -> str:
    """The answer, then its numbered sources, wrapped to the terminal."""
    parts = [_wrapped(line) for line in answer.text.split("\n")]
    if sources := answer.citations or answer.nearest:
        parts.append("Sources" if answer.citations else "Nearest passages")
        parts += [_wrapped(source_line(citation), hang=4) for citation in sources]
    parts += [_wrapped(note) for note in answer.notes]
    return "\n\n".join(parts)


def summary(report: AddReport) -> str:
    """What came in, how its dates are known, and what was skipped and why."""
    lines = [
        f"Added {_count(report.added, 'article')} ({_count(report.passages, 'passage')}) in "
        f"{report.seconds:.1f} s"
        + (f"; {report.replaced:,} replaced an older text" if report.replaced else "")
        + (f"; {report.unchanged:,} were here already" if report.unchanged else "")
        + "."
    ]
    if report.dates:
        known = ", ".join(f"{count:,} {how}" for how, count in report.dates.most_common())
        lines.append(f"Dates: {known}.")
    if report.repaired:
        lines.append(f"Garbled characters put right in {_count(report.repaired, 'article')}.")
    if report.skipped:
        lines.append(f"Skipped {len(report.skipped):,}:")
        lines += [f"  {reason}" for reason in report.skipped[:MOST_SKIPPED]]
        if (more := len(report.skipped) - MOST_SKIPPED) > 0:
            lines.append(f"  and {more:,} more")
    return "\n".join(lines)


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

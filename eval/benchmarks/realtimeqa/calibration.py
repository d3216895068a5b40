"""Fit how sure the reader may be: `python -m eval.benchmarks.realtimeqa.calibration
--year FOLDER ARCHIVE [--year FOLDER ARCHIVE]…`

Every answerable question is read as it is, and with every passage that holds the answer withheld,
where no short answer is right; and both again in a small archive, where an answer stands once or
twice and not in twenty reports: the question's own articles and one in a hundred others. Prints
the weights for `rag.reader.judge`, and of a five-fold cross-validation what confidence meant and
what each threshold would do. Archives come from `python -m eval.benchmarks.realtimeqa --archive`.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from tqdm import tqdm

from eval.benchmarks.realtimeqa.questions import QuizQuestion, is_drawn, read_answerable
from eval.benchmarks.realtimeqa.run import withholder
from eval.benchmarks.realtimeqa.years import add_years
from eval.metrics import contains
from index.errors import DatelineError
from index.index import Allowed
from rag.archive import Archive
from rag.question import understand
from rag.reader.judge import Signs
from rag.wording import normalise, stands_in

FOLDS = 5
BINS = 5
OTHERS = 100  # a small archive holds one in so many of the articles that are not the question's
ANSWERED = (0.75, 0.80, 0.85, 0.90, 0.95)  # shares of the answerable questions to answer


@dataclass(frozen=True, slots=True)
class Read:
    """What reading one question came to, in a whole archive or in a small one."""

    question: str
    small: bool
    there: bool
    right: bool
    signs: Signs


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    try:
        read = [one for folder, archive in options.year for one in _read_year(folder, archive)]
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print(_weights(read))
    print(_tables(read))
    return 0


def _read_year(folder: Path, where: Path) -> Iterator[Read]:
    questions = read_answerable(folder)
    with Archive.open(where, create=False) as archive:
        without = withholder(archive)
        addresses = {article.id: article.url for article in archive.articles()}
        for question in tqdm(questions, disable=None):
            asked = understand(question.text, question.asked, question.until)
            for small, there in product((False, True), (True, False)):
                allowed = _near(question, addresses) if small else None
                if not there:
                    allowed = without(question, allowed)
                findings = archive.as_query_engine(allowed).findings(asked)
                if findings.signs is not None:
                    right = there and is_right(findings.proposals[0].wording, question)
                    yield Read(question.id, small, there, right, findings.signs)


def _near(question: QuizQuestion, addresses: Mapping[str, str]) -> Allowed:
    """The passages of a small archive."""
    own = set(question.articles)
    ids = {article for article, url in addresses.items() if url in own or is_drawn(article, OTHERS)}
    return lambda passage: passage.article_id in ids


def is_right(wording: str, question: QuizQuestion) -> bool:
    """Whether a short answer holds an expected one, or is part of it: "Pelosi" of a full name."""
    part = any(stands_in(normalise(gold), [wording]) for gold in question.answers)
    return part or contains(wording, question.answers) == 1.0


def _model() -> LogisticRegression:
    return LogisticRegression(C=1.0, max_iter=10_000)


def _arrays(read: Sequence[Read]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The signs in units of their deviation, with these deviations, and what was right."""
    signs = np.array([astuple(one.signs) for one in read])
    scale = signs.std(0) + 1e-9
    return signs / scale, scale, np.array([one.right for one in read])


def _weights(read: Sequence[Read]) -> str:
    signs, scale, right = _arrays(read)
    model = _model().fit(signs, right)
    weights = model.coef_[0] / scale
    named = ", ".join(
        f"{field.name}={weight:.3f}" for field, weight in zip(fields(Signs), weights, strict=True)
    )
    return f"WEIGHTS = Signs({named})\nBIAS = {model.intercept_[0]:.3f}\n"


def _tables(read: Sequence[Read]) -> str:
    signs, _, right = _arrays(read)
    questions = [one.question for one in read]
    sure = cross_val_predict(
        _model(),
        signs,
        right,
        groups=questions,
        cv=GroupKFold(min(FOLDS, len(set(questions)))),
        method="predict_proba",
    )[:, 1]
    small = np.array([one.small for one in read])
    there = np.array([one.there for one in read])
    lines = ["| confidence | short answers | right | in a small archive | right |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    for low in np.linspace(0, 1, BINS, endpoint=False):
        inside = (sure >= low) & (sure < low + 1 / BINS)
        cells = [cell for kind in (~small, small) for cell in _counted(right[inside & kind])]
        lines.append(f"| {low:.1f} to {low + 1 / BINS:.1f} | {' | '.join(cells)} |")
    lines += ["", "| threshold | answered, there | abstained, withheld | right of those answered |"]
    lines.append("| ---: | ---: | ---: | ---: |")
    asked, withheld = there & ~small, ~there & ~small
    for answered in ANSWERED:
        threshold = np.quantile(sure[asked], 1 - answered)
        kept = sure >= threshold
        lines.append(
            f"| {threshold:.3f} | {kept[asked].mean():.2f} "
            f"| {(~kept)[withheld].mean():.2f} | {right[asked & kept].mean():.2f} |"
        )
    return "\n".join(lines)


def _counted(right: np.ndarray) -> tuple[str, str]:
    return str(right.size), f"{right.mean():.2f}" if right.size else "-"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.realtimeqa.calibration")
    add_years(parser)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

"""Fit how proposals are chosen among: `python -m eval.benchmarks.realtimeqa.choice
--year FOLDER ARCHIVE --year FOLDER ARCHIVE [--year FOLDER ARCHIVE]…`

Every answerable question is read, and its proposals are weighed by a conditional logit (McFadden
1974): the likelihood that the one chosen is right, word for word, of questions for which one is.
Prints what each year reaches with the weights fitted on the others, beside what it reaches by
agreement alone and with each merit left out, and the weights of all years for `rag.reader.choose`.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import softmax
from tqdm import tqdm

from eval.benchmarks.realtimeqa.questions import read_answerable
from eval.benchmarks.realtimeqa.run import DEPTH
from eval.benchmarks.realtimeqa.years import add_years
from eval.metrics import contains, exact_match, f1
from index.errors import DatelineError
from index.index import Index
from rag.archive import Archive
from rag.question import understand
from rag.reader.choose import Merits, merits
from rag.retrieve import QuestionBundle, results_of

MEASURES: dict[str, Callable[[str, Sequence[str]], float]] = {
    "EM": exact_match,
    "contains": contains,
    "F1": f1,
}
PENALTY = 0.01  # on the squares of the weights, in units of the merits' deviations


@dataclass(frozen=True, slots=True)
class Choice:
    """A question's proposals, heaviest first.

    Attributes:
        merits: of shape (proposals, merits).
        scores: of each proposal as the short answer, by measure: (proposals, len(MEASURES)).
    """

    merits: np.ndarray
    scores: np.ndarray


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    try:
        years = [list(_read_year(folder, archive)) for folder, archive in options.year]
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    names = [folder.name for folder, _ in options.year]
    print(_table(names, years))
    weights = _fit([choice for year in years for choice in year], range(len(fields(Merits))))
    named = ", ".join(
        f"{field.name}={weight:.3f}" for field, weight in zip(fields(Merits), weights, strict=True)
    )
    print(f"\nWEIGHTS = Merits({named})")
    return 0


def _read_year(folder: Path, where: Path) -> Iterator[Choice]:
    with Index(where, create=False) as index:
        engine = Archive(where.name, index).as_query_engine()
        for question in tqdm(read_answerable(folder), disable=None):
            asked = understand(question.text, question.asked, question.until)
            found = results_of(engine.retrieve(QuestionBundle.of(asked)))[:DEPTH]
            proposals = engine.findings(asked).proposals
            heaviest = sorted(proposals, key=lambda proposal: -proposal.strength)
            of_each = merits(asked, heaviest, found, index)
            yield Choice(
                np.array([astuple(one) for one in of_each]),
                np.array(
                    [
                        [measure(one.wording, question.answers) for measure in MEASURES.values()]
                        for one in heaviest
                    ]
                ),
            )


def _table(names: Sequence[str], years: Sequence[Sequence[Choice]]) -> str:
    """What each year reaches with the weights fitted on the others."""
    heads = [f"{name}: {measure}" for name in names for measure in MEASURES]
    lines = ["| | " + " | ".join(heads) + " |", "| --- |" + " ---: |" * len(heads)]

    def add(name: str, cells: Sequence[str]) -> None:
        lines.append(f"| {name} | {' | '.join(cells)} |")

    add("by agreement", [cell for year in years for cell in _reached(year, None)])
    every = list(range(len(fields(Merits))))
    rows = {"chosen": every} | {
        f"without {field.name}": every[:at] + every[at + 1 :]
        for at, field in enumerate(fields(Merits))
    }
    for name, kept in rows.items():
        cells = []
        for at, year in enumerate(years):
            others = [choice for other in (*years[:at], *years[at + 1 :]) for choice in other]
            cells += _reached(year, _fit(others, kept))
        add(name, cells)
    return "\n".join(lines)


def _reached(year: Sequence[Choice], weights: np.ndarray | None) -> list[str]:
    """The means of the measures; without weights, of the heaviest proposals."""
    scores = np.zeros((len(year), len(MEASURES)))
    for row, choice in zip(scores, year, strict=True):
        if len(choice.merits):
            at = 0 if weights is None else int((choice.merits @ weights).argmax())
            row[:] = choice.scores[at]
    return [f"{value:.3f}" for value in scores.mean(0)]


def _fit(choices: Sequence[Choice], kept: Sequence[int]) -> np.ndarray:
    """The weights, of shape (merits,), under which right proposals are likeliest; 0 unless kept."""
    fitted = [choice for choice in choices if len(choice.merits) and choice.scores[:, 0].any()]
    scale = np.vstack([choice.merits for choice in fitted])[:, kept].std(0) + 1e-9

    def missed(weights: np.ndarray) -> tuple[float, np.ndarray]:
        """Mean negative log-likelihood with the penalty, and its gradient."""
        value, slope = PENALTY / 2 * float(weights @ weights), PENALTY * weights
        for choice in fitted:
            signs, right = choice.merits[:, kept] / scale, choice.scores[:, 0]
            shares = softmax(signs @ weights)
            hit = float(shares @ right)
            value -= np.log(hit) / len(fitted)
            slope = slope + signs.T @ (shares - shares * right / hit) / len(fitted)
        return value, slope

    found = minimize(missed, np.zeros(len(kept)), jac=True, method="L-BFGS-B").x
    weights = np.zeros(len(fields(Merits)))
    weights[kept] = found / scale
    return weights


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.realtimeqa.choice")
    add_years(parser, "; at least two")
    options = parser.parse_args(arguments)
    if len(options.year) < 2:
        parser.error("one year is measured with the weights of the others: give two or more")
    return options


if __name__ == "__main__":
    sys.exit(main())

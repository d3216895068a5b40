"""What fusion and prior are worth: `python -m eval.benchmarks.realtimeqa.fusions FOLDER ARCHIVE…`

Ranks the answerable questions' passages in many ways from the same two lists. With a second
archive of the same articles, made with another encoder, the chain's own ranking is compared
question by question. Archives come from `python -m eval.benchmarks.realtimeqa --archive`.
"""

import argparse
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import stdev

from tqdm import tqdm

from eval.benchmarks.realtimeqa.questions import QuizQuestion, read_questions
from eval.metrics import contains, hit_at, mean, reciprocal_rank
from index.article import Passage
from index.errors import DatelineError
from index.index import Hits, Index
from rag.question import understand
from rag.retrieve import DEPTH, FUSION_CONSTANT, PRIOR_WEIGHT, fuse, timeliness

Scores = dict[Passage, float]


@dataclass(frozen=True, slots=True)
class Lists:
    """A question's two lists, and of each passage whether it holds an answer and is timely."""

    dense: Hits
    lexical: Hits
    holds: Mapping[Passage, bool]
    timely: Mapping[Passage, float]

    def fused(self, constant: int, prior: float) -> Scores:
        return self._with_prior(fuse(self.dense, self.lexical, constant=constant), prior)

    def scaled(self, meaning: float, prior: float) -> Scores:
        """Each list's scores stretched from 0 to 1, and added."""
        scores: Scores = {}
        for hits, weight in ((self.dense, meaning), (self.lexical, 1 - meaning)):
            if hits:
                high, low = hits[0][1], hits[-1][1]
                for passage, score in hits:
                    share = (score - low) / (high - low) if high > low else 1.0
                    scores[passage] = scores.get(passage, 0.0) + weight * share
        return self._with_prior(scores, prior)

    def _with_prior(self, scores: Scores, prior: float) -> Scores:
        return {
            passage: score * (1 + prior * self.timely[passage]) for passage, score in scores.items()
        }

    def rank(self, scores: Scores) -> int | None:
        """Of the first passage that holds an answer, from 1."""
        best = sorted(scores, key=lambda passage: -scores[passage])[:DEPTH]
        return next((n for n, passage in enumerate(best, start=1) if self.holds[passage]), None)


WAYS: dict[str, Callable[[Lists], Scores]] = {
    "meaning alone": lambda lists: dict(lists.dense),
    "words alone": lambda lists: dict(lists.lexical),
    **{
        f"constant {constant}, prior {prior}": (
            lambda lists, constant=constant, prior=prior: lists.fused(constant, prior)  # type: ignore[misc]
        )
        for constant in (60, 20, 10)
        for prior in (0, 0.3, 0.5, 1)
    },
    **{
        f"scaled, meaning {meaning}, prior 0.5": (
            lambda lists, meaning=meaning: lists.scaled(meaning, 0.5)  # type: ignore[misc]
        )
        for meaning in (0.4, 0.5, 0.6)
    },
}
OURS = f"constant {FUSION_CONSTANT}, prior {PRIOR_WEIGHT}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.realtimeqa.fusions")
    parser.add_argument("folder", type=Path)
    parser.add_argument("archives", type=Path, nargs="+", metavar="ARCHIVE")
    options = parser.parse_args()
    try:
        questions = [q for q in read_questions(options.folder) if q.label == "answerable"]
        runs = [_collect(folder, questions) for folder in options.archives[:2]]
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print("| ranking | hit@1 | hit@5 | hit@10 | hit@50 | MRR |\n|---|---:|---:|---:|---:|---:|")
    for name, way in WAYS.items():
        print(_row(name, [lists.rank(way(lists)) for lists in runs[0]]))
    if len(runs) == 2:
        print("\n| second archive less the first | difference | standard error | won | lost |")
        print("|---|---:|---:|---:|---:|")
        first, second = ([lists.rank(WAYS[OURS](lists)) for lists in run] for run in runs)
        for k in (1, 5, 10, 50):
            print(
                _paired(
                    f"hit@{k}",
                    [hit_at(b, k) - hit_at(a, k) for a, b in zip(first, second, strict=True)],
                )
            )
    return 0


def _collect(folder: Path, questions: Sequence[QuizQuestion]) -> list[Lists]:
    with Index(folder, create=False) as index:
        return [_lists(index, question) for question in tqdm(questions, disable=None)]


def _lists(index: Index, asked: QuizQuestion) -> Lists:
    question = understand(asked.text, asked.asked, asked.until)

    def allowed(passage: Passage) -> bool:
        day = index.day(passage.article_id)
        return day is None or day <= question.until

    dense = index.nearest(index.encoder.encode([question.standalone])[0], DEPTH, allowed)
    lexical = index.matching(question.standalone, DEPTH, allowed)
    found = index.excerpts({passage for passage, _ in [*dense, *lexical]})
    return Lists(
        dense,
        lexical,
        {e.passage: contains(e.text, asked.answers) == 1.0 for e in found},
        {e.passage: timeliness(e.day, question) for e in found},
    )


def _row(name: str, ranks: Sequence[int | None]) -> str:
    hits = [mean([hit_at(rank, k) for rank in ranks]) or 0.0 for k in (1, 5, 10, 50)]
    numbers = [*hits, mean([reciprocal_rank(rank) for rank in ranks]) or 0.0]
    return f"| {name} | {' | '.join(f'{number:.3f}' for number in numbers)} |"


def _paired(name: str, differences: Sequence[float]) -> str:
    error = stdev(differences) / math.sqrt(len(differences))
    won, lost = (sum(1 for d in differences if d * sign > 0) for sign in (1, -1))
    return f"| {name} | {mean(differences):+.4f} | {error:.4f} | {won} | {lost} |"


if __name__ == "__main__":
    sys.exit(main())

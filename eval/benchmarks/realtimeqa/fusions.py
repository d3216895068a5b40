"""What fusion and priors are worth: `python -m eval.benchmarks.realtimeqa.fusions FOLDER ARCHIVE…`

Ranks the answerable questions' passages in many ways from the same two lists, each compared
question by question with the chain's own. With a second archive of the same articles, made with
another encoder, that ranking is compared over both. Archives come from
`python -m eval.benchmarks.realtimeqa --archive`.
"""

import argparse
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import stdev

from tqdm import tqdm

from eval.benchmarks.realtimeqa.questions import QuizQuestion, read_answerable
from eval.benchmarks.realtimeqa.run import DEPTHS
from eval.metrics import contains, first, hit_at, mean, reciprocal_rank
from index.article import Passage
from index.errors import DatelineError
from index.index import Hits, Index
from rag.question import understand
from rag.rank import LISTED, TUNED, rank, timeliness
from rag.retrieve import DEPTH

Scores = Mapping[Passage, float]


@dataclass(frozen=True, slots=True)
class Lists:
    """A question's two lists, and of each passage whether it holds an answer and is timely."""

    dense: Hits
    lexical: Hits
    holds: Mapping[Passage, bool]
    timely: Mapping[Passage, float]

    def shares(self, depth: int = LISTED, **changed: float) -> Scores:
        """The chain's own way, with some of its weights changed."""
        weights = replace(TUNED, **changed)
        lists = self.dense[:depth], self.lexical[:depth]
        return rank(*lists, self.timely.__getitem__, depth, weights)

    def shares_or_nothing(self) -> Scores:
        """The chain's own way, but what a list leaves out has no share in it."""
        return rank(self.dense, self.lexical, self.timely.__getitem__, LISTED + 1)

    def reciprocal(self, constant: int, prior: float) -> Scores:
        """Reciprocal rank fusion of 50 and 50 (Cormack, Clarke and Büttcher 2009)."""
        scores: dict[Passage, float] = {}
        for hits in (self.dense[:50], self.lexical[:50]):
            for place, (passage, _) in enumerate(hits, start=1):
                scores[passage] = scores.get(passage, 0.0) + 1 / (constant + place)
        return {one: score * (1 + prior * self.timely[one]) for one, score in scores.items()}

    def rank(self, scores: Scores) -> int | None:
        """Of the first passage that holds an answer, from 1."""
        best = sorted(scores, key=lambda passage: -scores[passage])[:DEPTH]
        return first(self.holds[passage] for passage in best)


OURS = "shares of the best score"
WAYS: dict[str, Callable[[Lists], Scores]] = {
    OURS: Lists.shares,
    "meaning alone": lambda lists: dict(lists.dense),
    "words alone": lambda lists: dict(lists.lexical),
    "reciprocal ranks, 60, prior 0.5": lambda lists: lists.reciprocal(60, 0.5),
    "reciprocal ranks, 60, prior 1": lambda lists: lists.reciprocal(60, 1),
    "reciprocal ranks, 20, prior 1": lambda lists: lists.reciprocal(20, 1),
    "unlisted has no share": Lists.shares_or_nothing,
    "50 of each list": lambda lists: lists.shares(50),
    "meaning 0.3": lambda lists: lists.shares(meaning=0.3),
    "meaning 0.4": lambda lists: lists.shares(meaning=0.4),
    "meaning 0.6": lambda lists: lists.shares(meaning=0.6),
    "meaning 0.7": lambda lists: lists.shares(meaning=0.7),
    "no time": lambda lists: lists.shares(time=0),
    "time 0.2": lambda lists: lists.shares(time=0.2),
    "time 0.4": lambda lists: lists.shares(time=0.4),
    "time 0.5": lambda lists: lists.shares(time=0.5),
    "no lead": lambda lists: lists.shares(lead=0),
    "lead 0.05": lambda lists: lists.shares(lead=0.05),
    "lead 0.15": lambda lists: lists.shares(lead=0.15),
    "lead 0.2": lambda lists: lists.shares(lead=0.2),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.realtimeqa.fusions")
    parser.add_argument("folder", type=Path)
    parser.add_argument("archives", type=Path, nargs="+", metavar="ARCHIVE")
    options = parser.parse_args()
    try:
        questions = read_answerable(options.folder)
        runs = [_collect(folder, questions) for folder in options.archives[:2]]
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    depths = " | ".join(f"hit@{k}" for k in DEPTHS)
    print(f"| ranking | {depths} | MRR | at 1, against ours | at 5, against ours |")
    print(f"|---|{'---:|' * (len(DEPTHS) + 3)}")
    ours = [_ranks(OURS, run) for run in runs]
    for name in WAYS:
        print(_row(name, _ranks(name, runs[0]), ours[0]))
    if len(runs) == 2:
        print("\n| second archive less the first | difference | won | lost |")
        print("|---|---:|---:|---:|")
        for k in DEPTHS:
            differences = _differences(ours[1], ours[0], k)
            won, lost = differences.count(1), differences.count(-1)
            print(f"| hit@{k} | {paired(differences)} | {won} | {lost} |")
    return 0


def _collect(folder: Path, questions: Sequence[QuizQuestion]) -> list[Lists]:
    with Index(folder, create=False) as index:
        return [_lists(index, question) for question in tqdm(questions, disable=None)]


def _lists(index: Index, asked: QuizQuestion) -> Lists:
    question = understand(asked.text, asked.asked, asked.until)

    def allowed(passage: Passage) -> bool:
        day = index.catalogue.day(passage.article_id)
        return day is None or day <= question.until

    dense = index.nearest(index.encoder.encode([question.standalone])[0], LISTED, allowed)
    lexical = index.matching(question.standalone, LISTED, allowed)
    found = index.excerpts({passage for passage, _ in [*dense, *lexical]})
    return Lists(
        dense,
        lexical,
        {e.passage: contains(e.text, asked.answers) == 1.0 for e in found},
        {e.passage: timeliness(e.day, question) for e in found},
    )


def _ranks(name: str, run: Sequence[Lists]) -> list[int | None]:
    return [lists.rank(WAYS[name](lists)) for lists in run]


def _row(name: str, ranks: Sequence[int | None], ours: Sequence[int | None]) -> str:
    numbers = [mean([hit_at(rank, k) for rank in ranks]) or 0.0 for k in DEPTHS]
    numbers.append(mean([reciprocal_rank(rank) for rank in ranks]) or 0.0)
    against = [paired(_differences(ranks, ours, k)) for k in (1, 5)]
    return f"| {' | '.join([name, *(f'{number:.3f}' for number in numbers), *against])} |"


def _differences(ranks: Sequence[int | None], others: Sequence[int | None], k: int) -> list[float]:
    """Question by question: 1 where only the first finds it, -1 where only the other does."""
    return [hit_at(a, k) - hit_at(b, k) for a, b in zip(ranks, others, strict=True)]


def paired(differences: Sequence[float]) -> str:
    """Their mean with its standard error."""
    error = stdev(differences) / math.sqrt(len(differences)) if len(differences) > 1 else math.nan
    return f"{mean(differences):+.3f} ± {error:.3f}"


if __name__ == "__main__":
    sys.exit(main())

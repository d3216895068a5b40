"""Where the questions without the exact answer are lost:
`python -m eval.benchmarks.realtimeqa.misses FOLDER ARCHIVE [--list N]`

Each miss counts at the first step that fails it. With --list, N of them drawn by a fixed seed are
printed for reading: what is asked, what is expected, and the proposals.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from eval.benchmarks.realtimeqa.calibration import is_right
from eval.benchmarks.realtimeqa.questions import QuizQuestion, read_answerable
from eval.benchmarks.realtimeqa.run import DEPTH
from eval.metrics import contains, exact_match
from index.errors import DatelineError
from rag.archive import Archive
from rag.engine import CitedQueryEngine
from rag.question import understand
from rag.reading import READ, SPAN_KINDS
from rag.retrieve import QuestionBundle, results_of

STEPS = {
    "not asked": "the question's kind gets no short answer",
    "not found": f"none of {DEPTH} passages holds the answer",
    "not read": f"one does, but not among the {READ} that are read",
    "not marked": "one of those does, but no proposal is right",
    "not first": "a proposal is right, but not the first",
    "worded otherwise": "the first is right, in other words or more or fewer of them",
}


@dataclass(frozen=True, slots=True)
class Miss:
    question: QuizQuestion
    step: str
    proposed: tuple[str, ...]

    def __str__(self) -> str:
        proposed = " / ".join(self.proposed[:4]) or "nothing"
        golds = " | ".join(self.question.answers)
        return f"[{self.step}] {self.question.text}\n    expected {golds}; proposed {proposed}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.realtimeqa.misses")
    parser.add_argument("folder", type=Path, help="a year's folder")
    parser.add_argument("archive", type=Path, help="the archive made of it")
    parser.add_argument("--list", type=int, default=0, metavar="N", help="print N misses")
    options = parser.parse_args(arguments)
    try:
        questions = read_answerable(options.folder)
        with Archive.open(options.archive, create=False) as archive:
            engine = archive.as_query_engine()
            tried = [_miss(engine, question) for question in tqdm(questions, disable=None)]
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    misses = [miss for miss in tried if miss]
    counted = Counter(miss.step for miss in misses)
    print(f"{len(misses)} of {len(questions)} questions without the exact answer\n")
    print("| step | what fails | questions | share |\n| --- | --- | ---: | ---: |")
    for step, meaning in STEPS.items():
        share = counted[step] / max(len(misses), 1)
        print(f"| {step} | {meaning} | {counted[step]} | {share:.2f} |")
    for miss in random.Random(0).sample(misses, min(options.list, len(misses))):
        print(f"\n{miss}")
    return 0


def _miss(engine: CitedQueryEngine, question: QuizQuestion) -> Miss | None:
    asked = understand(question.text, question.asked, question.until)
    found = results_of(engine.retrieve(QuestionBundle.of(asked)))[:DEPTH]
    proposed = tuple(proposal.wording for proposal in engine.findings(asked).proposals)
    if proposed and exact_match(proposed[0], question.answers):
        return None
    held = [contains(result.text, question.answers) == 1.0 for result in found]
    right = [is_right(wording, question) for wording in proposed]
    failed = {
        "not asked": asked.kind not in SPAN_KINDS,
        "not found": not any(held),
        "not read": not any(held[:READ]),
        "not marked": not any(right),
        "not first": right[:1] != [True],
    }
    step = next((step for step, fails in failed.items() if fails), "worded otherwise")
    return Miss(question, step, proposed)


if __name__ == "__main__":
    sys.exit(main())

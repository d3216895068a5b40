"""One contender in a process of its own: `… -m eval.benchmarks.speed.worker TASK NAME STORE FILE`

TASK is `add`, `ask`, or `once`, which asks the first question and no more. FILE holds the articles
or the questions. The last line of standard output is what was measured, as JSON.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from eval.benchmarks.speed.contender import ENTRIES, Contender, Entry
from eval.benchmarks.speed.machine import peak_memory
from eval.benchmarks.speed.workload import Asking, read_articles, read_asked


@dataclass(frozen=True, slots=True)
class Added:
    """
    Attributes:
        ready: seconds to import what it needs and open an empty store.
        seconds: from the file of articles to passages that another process can find.
        characters: of the articles' texts, titles not counted.
        peak: most bytes of memory held at once.
    """

    ready: float
    seconds: float
    characters: int
    passages: int
    peak: int


@dataclass(frozen=True, slots=True)
class Asked:
    """
    Attributes:
        ready: seconds to import what it needs and open the store.
        first: milliseconds to find passages for the first question of the process.
        found: milliseconds to find passages, for each question after that.
        stages: milliseconds of each stage of answering, for each question.
        peak: most bytes of memory held at once.
    """

    ready: float
    first: float
    found: list[float]
    stages: dict[str, list[float]]
    peak: int


def add(entry: Entry, store: Path, articles: Path) -> Added:
    began = perf_counter()
    contender = entry.open(store)
    opened = perf_counter()
    passages = contender.add(articles)
    seconds = perf_counter() - opened
    characters = sum(len(document.text) for document in read_articles(articles))
    return Added(opened - began, seconds, characters, passages, peak_memory())


def ask(entry: Entry, store: Path, questions: Path) -> Asked:
    began = perf_counter()
    contender = entry.open(store)
    ready = perf_counter() - began
    asked = read_asked(questions)
    first = _find(contender, asked[0])
    found = [_find(contender, asking) for asking in asked]
    stages: dict[str, list[float]] = {}
    for asking in asked:
        for stage, milliseconds in contender.stages(asking).items():
            stages.setdefault(stage, []).append(milliseconds)
    return Asked(ready, first, found, stages, peak_memory())


def once(entry: Entry, store: Path, questions: Path) -> None:
    entry.open(store).find(read_asked(questions)[0].text)


def _find(contender: Contender, asking: Asking) -> float:
    began = perf_counter()
    contender.find(asking.text)
    return (perf_counter() - began) * 1000


TASKS: dict[str, Callable[[Entry, Path, Path], Added | Asked | None]] = {
    "add": add,
    "ask": ask,
    "once": once,
}


def main() -> int:
    task, name, store, file = sys.argv[1:]
    measured = TASKS[task](ENTRIES[name], Path(store), Path(file))
    if measured is not None:
        print(json.dumps(asdict(measured)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The reader on the held-out questions of the sets it learns from, and of sets it never saw:
`python -m eval.benchmarks.reading FOLDER… [--model FILE]`
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.metrics import exact_match, f1, mean
from index.article import Article, Excerpt
from index.errors import DatelineError
from index.passages import passages
from rag.reader.model import ReaderModel, Reading, shipped
from rag.reader.train.examples import split
from rag.reader.train.sets import LICENSED, SETS, Asked, read_set

HEADINGS = ("set", "questions", "EM", "F1", "answer there, found", "not there, said so")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.reading", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="of the reading sets")
    parser.add_argument("--model", type=Path, help="another ONNX file than the one shipped")
    options = parser.parse_args(arguments)
    model = ReaderModel(options.model) if options.model else shipped()
    print(f"| {' | '.join(HEADINGS)} |\n| --- |{' ---: |' * (len(HEADINGS) - 1)}")
    try:
        for name in SETS:
            _, held = split(read_set(options.folders, name))
            label = name if name in LICENSED else f"{name} (never learnt from)"
            print(f"| {label} | {len(held):,} | {' | '.join(_row(model, held))} |")
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _row(model: ReaderModel, asked: Sequence[Asked]) -> list[str]:
    """EM and F1 where there is an answer; how often the model sees that, and that there is none."""
    found = [(one, _read(model, one)) for one in asked]
    there = [(one, best) for one, best in found if one.answers]
    texts = [(_text(best), one.answers) for one, best in there]
    values = (
        mean([exact_match(text, golds) for text, golds in texts]),
        mean([f1(text, golds) for text, golds in texts]),
        mean([float(best.margin > 0) for _, best in there]),
        mean([float(best.margin <= 0) for one, best in found if not one.answers]),
    )
    return ["-" if value is None else f"{value:.3f}" for value in values]


def _read(model: ReaderModel, one: Asked) -> Reading:
    """The best reading of the paragraph's passages."""
    article = Article(one.paragraph, one.title)
    excerpts = [
        Excerpt(p, article.text[p.start : p.end], article.title, "", None, "unknown", "")
        for p in passages(article)
    ]
    return max(model.read(one.question, excerpts), key=lambda reading: reading.margin)


def _text(reading: Reading) -> str:
    best = reading.spans[0]
    return reading.excerpt.text[best.start : best.end]


if __name__ == "__main__":
    sys.exit(main())

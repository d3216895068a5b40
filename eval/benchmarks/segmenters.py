"""Sentence segmenters beside each other: `python -m eval.benchmarks.segmenters ARTICLES`

Right on the labelled runs of `segments.txt`, where `|` marks each boundary, and characters a second
over the articles given (any file or folder that `dateline add` reads). A segmenter that is not
installed is left out: `pip install pysbd sentencex` brings the two that were compared.
"""

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from time import perf_counter

from index.article import Article
from index.loaders import load

LABELLED = Path(__file__).parent / "segments.txt"
ARTICLES = 200

Split = Callable[[str], list[str]]


def _nupunkt() -> Split:
    tokenize = importlib.import_module("nupunkt").sent_tokenize
    return lambda text: list(tokenize(text))


def _pysbd() -> Split:
    return importlib.import_module("pysbd").Segmenter(language="en", clean=False).segment  # type: ignore[no-any-return]


def _sentencex() -> Split:
    segment = importlib.import_module("sentencex").segment
    return lambda text: list(segment("en", text))


SEGMENTERS = {"nupunkt": _nupunkt, "pysbd": _pysbd, "sentencex": _sentencex}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.segmenters")
    parser.add_argument("articles", type=Path)
    found = load(parser.parse_args().articles)
    texts = [a.text for a in islice((a for a in found if isinstance(a, Article)), ARTICLES)]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    runs = labelled()
    print(f"| segmenter | right of {len(runs)} runs | characters a second |")
    print("|---|---:|---:|")
    for name, make in SEGMENTERS.items():
        try:
            split = make()
        except ImportError:
            continue
        right = sum(_stripped(split(" ".join(parts))) == parts for parts in runs)
        print(f"| {name} | {right} | {_rate(split, lines):,.0f} |")
    return 0


def labelled() -> list[list[str]]:
    """The sentences of each labelled run."""
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    return [_stripped(line.split("|")) for line in lines if line.strip()]


def _rate(split: Split, lines: list[str]) -> float:
    began = perf_counter()
    for line in lines:
        split(line)
    return sum(map(len, lines)) / (perf_counter() - began)


def _stripped(parts: Iterable[str]) -> list[str]:
    return [part.strip() for part in parts if part.strip()]


if __name__ == "__main__":
    sys.exit(main())

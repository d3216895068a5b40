"""An archive that changes all the time stays as large as what it holds."""

import json
import os
import random
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from index.encoder import Vectors
from index.index import Index

LOG = 5  # MB that SQLite may keep of what it wrote last
SEED = int(os.environ.get("DATELINE_TEST_SEED") or 1)


class ScatteringEncoder:
    """Every text has a direction of its own: as long as a real vector, and fast."""

    name = "scattered"
    dimension = 384

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [np.random.default_rng(zlib.crc32(text.encode())) for text in texts]
        vectors = np.stack([row.standard_normal(self.dimension) for row in rows])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / lengths, dtype=np.float32)


class Churn:
    """A file of records, a share of which changes in every round."""

    def __init__(self, folder: Path, articles: int, share: float) -> None:
        self._share = share
        self._file = folder / "wire.jsonl"
        self._dice = random.Random(SEED)
        self._texts = [f"Weir {number} was mended." for number in range(articles)]
        self.index = Index(folder / "archive", ScatteringEncoder())

    def add(self) -> None:
        lines = (json.dumps({"text": text}) for text in self._texts)
        self._file.write_text("\n".join(lines))
        self.index.add([self._file])

    def change(self, round_: int) -> None:
        for number in self._dice.sample(
            range(len(self._texts)), int(len(self._texts) * self._share)
        ):
            self._texts[number] = f"Weir {number} was mended again in round {round_}."
        self.add()

    def megabytes(self, part: str = "*") -> float:
        """Of the whole archive, or of the files and folders of that pattern."""
        inside = self.index.folder
        files = {*inside.glob(part), *inside.glob(f"{part}/**/*")}
        return sum(file.stat().st_size for file in files if file.is_file()) / 1e6

    def milliseconds(self) -> tuple[float, float]:
        """To find 50 passages by meaning, and by words: medians of 50 questions."""
        by_meaning, by_words = [], []
        for number in range(50):
            (vector,) = self.index.encoder.encode([f"question {number}"])
            began = time.perf_counter()
            self.index.nearest(vector, 50, lambda passage: True)
            then = time.perf_counter()
            self.index.matching(f"weir {number} mended round", 50, lambda passage: True)
            by_meaning.append(then - began)
            by_words.append(time.perf_counter() - then)
        return 1_000 * median(by_meaning), 1_000 * median(by_words)

    def found(self) -> float:
        """The share of articles whose own text, as a vector, finds them first."""
        asked = self._dice.sample(self._texts, 100)
        hits = [
            self.index.nearest(one, 1, lambda p: True)[0]
            for one in self.index.encoder.encode(asked)
        ]
        texts = [self.index.article(passage.article_id).text for passage, _ in hits]
        return sum(text == wanted for text, wanted in zip(texts, asked, strict=True)) / len(asked)


def _check(folder: Path, articles: int, rounds: int, share: float) -> None:
    churn = Churn(folder, articles, share)
    with churn.index:
        churn.add()
        largest = first = churn.megabytes()
        largest_graph = graph = churn.megabytes("vectors*")
        print(f"{articles} articles: {first:.1f} MB, {churn.milliseconds()} ms")
        for round_ in range(1, rounds + 1):
            churn.change(round_)
            largest = max(largest, churn.megabytes())
            largest_graph = max(largest_graph, churn.megabytes("vectors*"))
        print(
            f"{rounds} rounds: {churn.megabytes():.1f} MB, {churn.milliseconds()} ms; {largest:.1f}"
        )
        report = churn.index.verify()
        assert (report.articles, report.flaws) == (articles, ())
        assert churn.found() > 0.95
        # Nothing made anew, the graph would have three times as many places as at first.
        assert largest_graph < 2.2 * graph and largest < 2.2 * first + LOG


def test_an_archive_of_a_few_hundred_articles_does_not_grow_under_changes(tmp_path: Path) -> None:
    _check(tmp_path, 520, 8, 0.25)


@pytest.mark.slow
def test_an_archive_of_five_thousand_articles_does_not_grow_in_twenty_rounds(
    tmp_path: Path,
) -> None:
    _check(tmp_path, 5_000, 20, 0.1)

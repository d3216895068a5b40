"""txtai as its quick start has it: `Embeddings` over a list of texts, found by meaning.

It is given Dateline's passages, each with its title: cutting them is not counted against it. Its
content store is on, without which it would give numbers back instead of texts.
"""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from txtai import Embeddings

from eval.benchmarks.speed.contender import FOUND
from eval.benchmarks.speed.workload import Asking, read_articles
from index.encoder.weights import folder


class Txtai:
    """Faiss and SQLite, saved to a folder when all is added."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._embeddings = Embeddings(path=str(folder()), content=True)
        if store.exists():
            self._embeddings.load(str(store))

    def add(self, articles: Path) -> int:
        self._embeddings.index(
            f"{article.title}\n{passage}"
            for article in read_articles(articles)
            for passage in article.passages
        )
        self._embeddings.save(str(self._store))
        return int(self._embeddings.count())

    def find(self, question: str) -> list[str]:
        return [found["text"] for found in self._embeddings.search(question, FOUND)]

    def stages(self, asking: Asking) -> Mapping[str, float]:
        began = perf_counter()
        self._embeddings.transform(asking.text)
        return {"encoding the question": (perf_counter() - began) * 1000}

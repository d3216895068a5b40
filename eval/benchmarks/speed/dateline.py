"""Dateline as a contender."""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from eval.benchmarks.speed.contender import FOUND
from eval.benchmarks.speed.workload import Asking
from index.encoder import Encoder, load_encoder, weights
from index.index import Index
from rag.archive import Archive
from rag.rank import LISTED
from rag.retrieve import ArchiveRetriever


class Dateline:
    """An archive as `Archive.open` makes it."""

    def __init__(self, store: Path, encoder: Encoder | None = None) -> None:
        self._index = Index(store, encoder)
        self._archive = Archive(store.name, self._index)

    def add(self, articles: Path) -> int:
        return self._archive.add(articles).passages

    def find(self, question: str) -> list[str]:
        """Without the reader, which the peers do not have either."""
        nodes = ArchiveRetriever(self._index, FOUND).retrieve(question)
        return [node.get_content() for node in nodes]

    def stages(self, asking: Asking) -> Mapping[str, float]:
        """First three parts of the search, each alone; then the stages of the whole answer, asked
        from the question's own day. "searching" does the three parts again, and joins them."""
        began = perf_counter()
        vector = self._index.encoder.encode([asking.text])[0]
        encoded = perf_counter()
        self._index.nearest(vector, LISTED, lambda _: True)
        near = perf_counter()
        self._index.matching(asking.text, LISTED, lambda _: True)
        matched = perf_counter()
        parts = {
            "encoding the question": (encoded - began) * 1000,
            "dense list": (near - encoded) * 1000,
            "lexical list": (matched - near) * 1000,
        }
        answer = self._archive.ask(asking.text, asking.as_of, asking.until)
        return {**parts, **answer.timings}


class DatelineFp32(Dateline):
    """The same with the weights as published: what the quantised ones are worth by themselves."""

    def __init__(self, store: Path) -> None:
        super().__init__(store, load_encoder(weights.NAME))

"""Who is measured: a way to add articles and find passages in them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol, cast

from eval.benchmarks.speed.workload import Asking

FOUND = 10  # passages a question gets


class Contender(Protocol):
    """Made with the folder where it keeps, or has kept, what is added."""

    def add(self, articles: Path) -> int:
        """Take in the articles of a file that `workload.write_articles` wrote, so that a later
        process finds them. Returns how many passages it made of them."""
        ...

    def find(self, question: str) -> list[str]:
        """The texts of the FOUND best passages."""
        ...

    def stages(self, asking: Asking) -> Mapping[str, float]:
        """Milliseconds of each stage of answering that it has, by name, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A contender that may take part.

    Attributes:
        title: as the tables name it.
        place: "module:class"; imported only in the process that measures it.
        needs: distributions without which it is left out.
        ours: whether `dateline ask` answers from its store.
    """

    name: str
    title: str
    place: str
    needs: tuple[str, ...] = ()
    ours: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(need for need in self.needs if _version(need) is None)

    @property
    def versions(self) -> dict[str, str | None]:
        return {need: _version(need) for need in self.needs}

    def open(self, store: Path) -> Contender:
        module, _, name = self.place.partition(":")
        return cast(Contender, getattr(import_module(module), name)(store))


DATELINE = Entry("dateline", "Dateline", "eval.benchmarks.speed.dateline:Dateline", ours=True)
FP32 = Entry("fp32", "Dateline, fp32", "eval.benchmarks.speed.dateline:DatelineFp32", ours=True)
QUICK_START = Entry(
    "quick-start",
    "LlamaIndex quick start",
    "eval.benchmarks.peers.llama_index_quick_start:QuickStart",
    ("llama-index-embeddings-huggingface", "llama-index-vector-stores-chroma"),
)
TXTAI = Entry("txtai", "txtai", "eval.benchmarks.peers.txtai_quick_start:Txtai", ("txtai",))
ENTRIES = {entry.name: entry for entry in (DATELINE, FP32, QUICK_START, TXTAI)}


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None

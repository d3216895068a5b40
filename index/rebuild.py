"""The indexes made anew, each in a fresh folder beside the old, which is used until it is done."""

from contextlib import closing
from pathlib import Path

from index.encoder import Encoder
from index.folders import VECTORS, WORDS, fresh
from index.report import OnProgress, Progress
from index.store import Store
from index.vectors import VectorIndex
from index.words import WordIndex
from index.writer import Writer

FEW_SLOTS = 500  # about 1 MB: below it, a graph is not made anew however empty it is


def rebuild(folder: Path, store: Store, encoder: Encoder, tell: OnProgress) -> dict[str, str]:
    """Both indexes out of the articles that are ready; the folders to swap in, by kind."""
    names = {kind: fresh(store, kind) for kind in (VECTORS, WORDS)}
    total, done = store.count_passages(), 0
    words = WordIndex(folder / names[WORDS])
    with closing(VectorIndex(folder / names[VECTORS])) as vectors:
        try:
            for written in Writer(store, vectors, words, encoder).embed(store.ids("ready")):
                done += written
                tell(Progress("embedding", done, total))
            words.commit()
        finally:
            words.end_writing()
    return names


def is_wasteful(store: Store) -> bool:
    """Whether more than half of the vectors' graph is empty: Chroma never fills a place again.

    docs/decisions/churn.md has the measurement.
    """
    return store.empty_slots > max(FEW_SLOTS, store.count_passages())


def compact(folder: Path, store: Store, vectors: VectorIndex) -> dict[str, str]:
    """The same vectors without the empty places; the folder to swap in."""
    name = fresh(store, VECTORS)
    with closing(VectorIndex(folder / name)) as anew:
        vectors.copy_to(anew)
    return {VECTORS: name}

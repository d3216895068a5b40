"""Chroma: the embedded passages. The only file that knows it.

A record is a vector with the passage's id, and `article_id`, `start`, `end` and `published`
(20200609 for 9 June 2020; absent if unknown) as metadata. The text is not kept here: the offsets
lead to it (docs/decisions/chroma-without-text.md has the measurement).
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.types import Metadata
from chromadb.config import Settings
from chromadb.errors import ChromaError, InternalError

from index.article import Passage
from index.batches import batched
from index.encoder import Vectors

COLLECTION = "passages"
StorageError = ChromaError  # what any of these methods may raise when the disk will not do
PAGE = 1_000  # records read at once
MAX_BATCH = 5_461  # Chroma's own limit; more is an error
# Of 110,000, the graph takes 130 ms to meet 100 that are wanted and 20 ms to meet 1,000.
COMPARED = 800  # at most so many are compared one by one, at 0.03 ms each

Near = list[tuple[Passage, float]]


class VectorIndex:
    """Embedded passages on disk, nearest first by cosine.

    Chroma does not notice what another process writes: call `reopen` when the archive's
    generation has changed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open()

    def _open(self) -> None:
        settings = Settings(anonymized_telemetry=False)
        client = chromadb.PersistentClient(str(self._folder), settings=settings)
        assert isinstance(client, Client)  # its declared type lacks `close`
        self._client = client
        self._collection = self._client.get_or_create_collection(
            COLLECTION,
            # Without this Chroma installs an embedder of its own, which tries the network.
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
        )

    def reopen(self, folder: Path) -> None:
        """See what is there now, in the same folder or in another."""
        with self._lock:
            self._client.close()
            self._folder = folder
            self._open()

    def put(
        self, passages: Sequence[Passage], days: Sequence[date | None], vectors: Vectors
    ) -> None:
        """Write or overwrite at most MAX_BATCH records; `vectors` is (len(passages), dimension)."""
        records: list[Metadata] = [_metadata(*pair) for pair in zip(passages, days, strict=True)]
        ids = [passage.id for passage in passages]
        # `add` would silently keep an older record of the same id.
        self._collection.upsert(ids=ids, embeddings=vectors, metadatas=records)

    def remove(self, passages: Sequence[Passage]) -> None:
        for batch in batched(passages, MAX_BATCH):
            self._collection.delete(ids=[passage.id for passage in batch])

    def nearest(self, vector: Vectors, k: int) -> Near:
        """The k nearest passages and their cosine to `vector`, of shape (dimension,)."""
        with self._lock:
            return self._by_graph(vector, k)

    def nearest_of(self, passages: Sequence[Passage], vector: Vectors, k: int) -> Near:
        """As `nearest`, among these passages only; one that is not here is passed over."""
        ids = [passage.id for passage in passages]
        with self._lock:
            if len(ids) > COMPARED:
                with suppress(InternalError):  # one of them is not here
                    return self._by_graph(vector, k, ids)
            return self._one_by_one(vector, k, ids) if ids else []

    def _by_graph(self, vector: Vectors, k: int, ids: list[str] | None = None) -> Near:
        found = self._collection.query(
            query_embeddings=vector[np.newaxis], n_results=k, ids=ids, include=["distances"]
        )
        near, distances = found["ids"][0], (found["distances"] or [[]])[0]
        # Chroma gives a distance; 1 - cosine, so the cosine is 1 minus that.
        return [(Passage.of(one), 1.0 - far) for one, far in zip(near, distances, strict=True)]

    def _one_by_one(self, vector: Vectors, k: int, ids: list[str]) -> Near:
        found = self._collection.get(ids=ids, include=["embeddings"])
        vectors = found["embeddings"]
        assert vectors is not None  # they were asked for
        cosines = (float(np.dot(one, vector)) for one in vectors)
        hits = zip(map(Passage.of, found["ids"]), cosines, strict=True)
        return sorted(hits, key=lambda hit: -hit[1])[:k]

    def copy_to(self, other: "VectorIndex") -> None:
        """Write every record into an empty index."""
        for ids, vectors, records in self._pages():
            other._collection.upsert(ids=ids, embeddings=vectors, metadatas=records)

    def records(self) -> Iterator[tuple[str, Vectors]]:
        """Every passage's id and its vector."""
        for ids, vectors, _ in self._pages():
            yield from zip(ids, vectors, strict=True)

    def _pages(self) -> Iterator[tuple[list[str], Vectors, list[Metadata]]]:
        for ids in batched(self._collection.get(include=[])["ids"], PAGE):
            page = self._collection.get(ids=list(ids), include=["embeddings", "metadatas"])
            vectors, records = page["embeddings"], page["metadatas"]
            assert vectors is not None and records is not None  # they were asked for
            yield page["ids"], np.asarray(vectors, dtype=np.float32), records

    def of(self, passages: Sequence[Passage]) -> Vectors:
        """Their vectors, in their order, shape (passages, dimension); one not here is left out."""
        ids = [passage.id for passage in passages]
        with self._lock:
            found = self._collection.get(ids=ids, include=["embeddings"])
        vectors = found["embeddings"]
        assert vectors is not None  # they were asked for
        by_id = dict(zip(found["ids"], vectors, strict=True))
        return np.array([by_id[one] for one in ids if one in by_id], dtype=np.float32)

    def count(self) -> int:
        return self._collection.count()

    def close(self) -> None:
        with self._lock:
            self._client.close()


def _metadata(passage: Passage, day: date | None) -> Metadata:
    record: dict[str, str | int] = {
        "article_id": passage.article_id,
        "start": passage.start,
        "end": passage.end,
    }
    if day is not None:  # Chroma refuses None, and compares only numbers
        record["published"] = day.year * 10_000 + day.month * 100 + day.day
    return record

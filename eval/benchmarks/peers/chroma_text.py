"""What a passage's text costs in Chroma: `python -m eval.benchmarks.peers.chroma_text`

Random vectors, and text of a passage's usual length, in a local collection each way.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import chromadb
import numpy as np
from chromadb.config import Settings

PASSAGES = 10_000
DIMENSION = 384
CHARACTERS = 900  # of a passage of about 180 tokens
BATCH = 500
QUERIES = 200


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.peers.chroma_text")
    parser.add_argument("--passages", type=int, default=PASSAGES)
    count = parser.parse_args().passages
    vectors = np.random.default_rng(0).standard_normal((count, DIMENSION)).astype(np.float32)
    print("| in Chroma | passages a second | bytes a passage | query p50, ms |")
    print("|---|---:|---:|---:|")
    for name, with_text in (("vector and offsets", False), ("the text, too", True)):
        rate, size, wait = _measure(vectors, with_text)
        print(f"| {name} | {rate:,.0f} | {size:,.0f} | {wait:.2f} |")
    return 0


def _measure(vectors: np.ndarray, with_text: bool) -> tuple[float, float, float]:
    """Passages added a second, bytes on disk for each, milliseconds of a query for ten."""
    with tempfile.TemporaryDirectory() as folder:
        client = chromadb.PersistentClient(folder, Settings(anonymized_telemetry=False))
        passages = client.create_collection(
            "passages", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        began = perf_counter()
        for first in range(0, len(vectors), BATCH):
            numbers = range(first, min(first + BATCH, len(vectors)))
            passages.upsert(
                ids=[f"{n:016x}:0-{CHARACTERS}" for n in numbers],
                embeddings=vectors[numbers.start : numbers.stop],
                metadatas=[{"article_id": f"{n:016x}", "start": 0, "end": 900} for n in numbers],
                documents=[_text(n) for n in numbers] if with_text else None,
            )
        rate = len(vectors) / (perf_counter() - began)
        waits = []
        for vector in vectors[:QUERIES]:
            asked = perf_counter()
            passages.query(query_embeddings=[vector], n_results=10, include=["distances"])
            waits.append((perf_counter() - asked) * 1000)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        client.clear_system_cache()
    return rate, size / len(vectors), median(waits)


def _text(number: int) -> str:
    words = np.random.default_rng(number).integers(0, 20_000, CHARACTERS // 6)
    return " ".join(f"w{word:04}" for word in words)


if __name__ == "__main__":
    sys.exit(main())

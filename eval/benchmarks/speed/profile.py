"""Where adding spends its time: `python -m eval.benchmarks.speed.profile FOLDER [--size N]`

One add into a new archive under Python's own profiler, in a process that has loaded the encoder.
A step's seconds hold the seconds of all that it calls. Embedding goes on in a thread of its own
beside the other steps, which Python's profiler does not see, and is timed apart.
"""

import argparse
import cProfile
import pstats
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from eval.benchmarks.speed.machine import machine
from eval.benchmarks.speed.workload import cut_articles, write_articles
from index.encoder import Encoder, Vectors, load_encoder
from index.errors import DatelineError
from index.index import Index

STEPS = {  # by the file and the function that does it
    "cutting into passages": ("index/passages.py", "passages"),
    "Chroma": ("index/vectors.py", "put"),
    "finding sentences": ("index/sentences.py", "sentences"),
    "Tantivy, words": ("index/words.py", "put"),
    "Tantivy, commits": ("index/words.py", "commit"),
    "reading files": ("table/jsonl.py", "load"),
    "stories": ("index/gather.py", "gather"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.speed.profile")
    parser.add_argument("folder", type=Path, help="what `dateline add` reads")
    parser.add_argument("--size", type=int, default=2_000, help="passages to make, at least")
    options = parser.parse_args(arguments)
    try:
        made, profile, embedding = _profiled(options.folder, options.size)
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    print(f"{made:,} passages added; {machine()}\n")
    print(_table(pstats.Stats(profile), embedding))
    return 0


class _Timed:
    """An encoder, and the seconds it has taken."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self.seconds = 0.0
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        began = perf_counter()
        vectors = self._encoder.encode(texts)
        self.seconds += perf_counter() - began
        return vectors


def _profiled(source: Path, size: int) -> tuple[int, cProfile.Profile, float]:
    loaded = load_encoder()
    loaded.encode(["loaded"])
    encoder = _Timed(loaded)
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        write_articles(articles, cut_articles(source, size))
        profile = cProfile.Profile()
        with Index(Path(folder) / "archive", encoder) as index:
            report = profile.runcall(index.add, [articles])
    return report.passages, profile, encoder.seconds


def _table(stats: pstats.Stats, embedding: float) -> str:
    total: float = stats.total_tt  # type: ignore[attr-defined]
    times = {
        (file, function): row[3]  # seconds, with what it calls
        for (file, _, function), row in stats.stats.items()  # type: ignore[attr-defined]
    }
    lines = ["| step | seconds | share |", "| --- | ---: | ---: |"]
    lines.append(f"| embedding, beside the rest | {embedding:.2f} | {embedding / total:.1%} |")
    for step, (file, function) in STEPS.items():
        seconds = sum(t for (f, name), t in times.items() if f.endswith(file) and name == function)
        lines.append(f"| {step} | {seconds:.2f} | {seconds / total:.1%} |")
    lines.append(f"| all of it | {total:.2f} | 100.0% |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

"""Precision and recall of pairs, beside words alone and vectors alone:
`python -m eval.benchmarks.stories`
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from eval.benchmarks.stories import Half, labelled, pairs
from eval.benchmarks.stories.measure import by_archive, by_vectors, by_words, measure
from index.encoder import load_encoder

HALVES: tuple[Half, ...] = ("tune", "report")


def main() -> int:
    articles, encoder = labelled(), load_encoder()
    with tempfile.TemporaryDirectory() as folder:
        grouped, index = by_archive(Path(folder) / "archive", encoder)
        with index:
            ways = {
                "Dateline": grouped,
                "words alone": by_words(articles),
                "vectors alone": by_vectors(articles, encoder),
            }
            print("| half | grouping | precision | recall | F1 |")
            print("|---|---|---:|---:|---:|")
            for half in HALVES:
                for name, way in ways.items():
                    found = measure(pairs(articles, half), way)
                    row = f"{found.precision:.2f} | {found.recall:.2f} | {found.f1:.2f}"
                    print(f"| {half} | {name} | {row} |")
            print("\n| of the reported half | pairs | grouped |\n|---|---:|---:|")
            reported = pairs(articles, "report")
            together = Counter(pair.label for pair in reported if grouped(pair))
            for label, count in Counter(pair.label for pair in reported).most_common():
                print(f"| {label} | {count} | {together[label]} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())

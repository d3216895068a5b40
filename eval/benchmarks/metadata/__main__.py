"""`python -m eval.benchmarks.metadata`: each field right, wrong and missed, beside trafilatura."""

import sys

from eval.benchmarks.metadata.habits import HABITS
from eval.benchmarks.metadata.measure import by_dateline, by_trafilatura, measured, misread


def main() -> int:
    ours, theirs = measured(by_dateline), measured(by_trafilatura, to_the_day=True)
    print(f"{len(HABITS)} pages: right / wrong / missed\n")
    print("| field | Dateline | trafilatura alone |")
    print("|---|---:|---:|")
    for field, counts in ours.items():
        rows = (
            " / ".join(str(one[how]) for how in ("right", "wrong", "missed"))
            for one in (counts, theirs[field])
        )
        print(f"| {field} | {' | '.join(rows)} |")
    print()
    for habit in HABITS:
        for line in misread(habit):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())

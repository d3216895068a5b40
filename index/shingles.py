"""Wording as a set: the runs of a few content words that a text is made of."""

from collections.abc import Sequence

from index.words import stems

Runs = frozenset[tuple[str, ...]]


def shingles(text: str, size: int = 3) -> Runs:
    """The runs of `size` content words; of a shorter text, all of it as one."""
    words: Sequence[str] = stems(text)
    runs = max(1, len(words) - size + 1)
    return frozenset(tuple(words[i : i + size]) for i in range(runs))


def overlap(some: Runs, others: Runs) -> float:
    """The share of the smaller set that is in the other; 0 if either is empty."""
    smaller = min(len(some), len(others))
    return len(some & others) / smaller if smaller else 0.0

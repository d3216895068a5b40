"""Do two articles tell one story in nearly the same words: a print, a rewrite, an update of it?

No one sign decides. Templates (the weather, the day's prices) share words and tell of other days;
reports of one event share its names and quote the same people; the next day's report repeats
the background; two floods are near in meaning. docs/decisions/stories.md has the measurement.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from index.article import Article
from index.encoder import Vectors
from index.lines import Difference, Line, Twins, difference, differences, lines, twins
from index.sentences import Span
from index.shingles import Runs, overlap, shingles

Relation = Literal["copy", "update", "rewrite"]
Rarity = Callable[[str], float]

# Chosen on one half of the labelled articles of eval/benchmarks/stories, measured on the other.
APART = 14  # days at most
MEANING = 0.6
OPENING = 0.15
SCORE = 0.6
PARTED = 0.4  # taken off the score where all figures differ
FEWEST_LINES = 2  # in one sentence, whoever tells of an event seems to rewrite whoever else does
OPENING_LINES = 5  # sentences in which the news is; the background comes later
COPIED = 0.7  # of the smaller article's wording: a print rather than a rewrite
_QUOTE = re.compile('\u201c([^\u201d\n]{12,})\u201d|"([^"\n]{12,})"')


@dataclass(frozen=True)
class Told:
    """What of an article is compared.

    Attributes:
        vectors: of its passages, shape (passages, dimension).
    """

    article: Article
    spans: Sequence[Span]
    vectors: Vectors

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.article.text, self.spans)

    @cached_property
    def marks(self) -> frozenset[str]:
        return frozenset(mark for line in self.lines for mark in line.marks)

    @cached_property
    def runs(self) -> Runs:
        """Outside quotations, which reporters of one event share without copying."""
        return shingles(_QUOTE.sub(" ", self.article.text))


@dataclass(frozen=True)
class Likeness:
    """Signs that two articles tell one story, each from 0 to 1, worked out as they are asked for.

    Args:
        rarity: how much a figure or name tells, in lower case; not negative.
    """

    one: Told
    other: Told
    rarity: Rarity

    @property
    def is_one_story(self) -> bool:
        """The signs that cost least come first."""
        return (
            days_apart(self.one.article.day, self.other.article.day) <= APART
            and self.meaning >= MEANING
            and self.opening >= OPENING
            and self.score >= SCORE
        )

    @property
    def score(self) -> float:
        """Copied wording is enough, and so is the same content in other words; but where figures
        part as well, it is the content of another day."""
        fewest = min(len(self.one.lines), len(self.other.lines))
        recast = (self.sentences + self.marks) / 2 if fewest >= FEWEST_LINES else 0.0
        return max(self.wording, recast) - PARTED * self.parted

    @cached_property
    def meaning(self) -> float:
        """Mean cosine of the shorter article's passages with the nearest of the other's."""
        cosines = self.one.vectors @ self.other.vectors.T
        return float(cosines.max(axis=int(len(self.one.vectors) <= len(self.other.vectors))).mean())

    @cached_property
    def opening(self) -> float:
        """How much of either article's first sentences the other has too, in the worse direction.

        Reports that share only background do not share their openings.
        """
        one, other = self.one.lines, self.other.lines
        tops = (one[:OPENING_LINES], other), (other[:OPENING_LINES], one)
        return min(_size(pair.one for pair in twins(*two)) / max(_size(two[0]), 1) for two in tops)

    @cached_property
    def wording(self) -> float:
        """Runs of words shared, of the shorter article's: a print may be part of a long report."""
        return overlap(self.one.runs, self.other.runs)

    @cached_property
    def sentences(self) -> float:
        """How much of both articles is sentences that the other has too, or has recast."""
        one, other = self.one.lines, self.other.lines
        back = _size(pair.one for pair in twins(other, one))
        here = _size(pair.one for pair in self._twins)
        return (here + back) / max(_size(one) + _size(other), 1)

    @cached_property
    def marks(self) -> float:
        """Figures and names shared, of all that both have, by rarity."""
        one, other = self.one.marks, self.other.marks
        both, all_of_them = (sum(map(self.rarity, m)) for m in (one & other, one | other))
        return 2 * both / (both + all_of_them) if both else 0.0

    @cached_property
    def parted(self) -> float:
        """Of the sentences shared that hold figures or names, those where they differ."""
        held = [pair for pair in self._twins if pair.one.marks and pair.other.marks]
        differ = [difference(pair, self.one.marks, self.other.marks) for pair in held]
        return sum(map(bool, differ)) / len(held) if held else 0.0

    @cached_property
    def _twins(self) -> list[Twins]:
        return list(twins(self.one.lines, self.other.lines))


def days_apart(one: date | None, other: date | None) -> int:
    """0 where one is unknown."""
    return abs((one - other).days) if one and other else 0


def _size(of: Iterable[Line]) -> int:
    """In content words."""
    return sum(len(line.words) for line in of)


@dataclass(frozen=True, slots=True)
class Telling:
    """An article of a story, beside the one first published.

    Attributes:
        relation: None for the first itself.
        differences: what the first gives, and what this one gives in its place; of an update only.
    """

    article_id: str
    relation: Relation | None
    differences: tuple[Difference, ...] = ()


def tellings(of: Sequence[Told]) -> list[Telling]:
    """Each of a story's articles beside the first of them."""
    first, *others = of
    return [Telling(first.article.id, None), *(_telling(first, other) for other in others)]


def _telling(first: Told, other: Told) -> Telling:
    parted = tuple(differences(first.lines, other.lines))
    copied = overlap(first.runs, other.runs) >= COPIED
    relation: Relation = "update" if parted else "copy" if copied else "rewrite"
    return Telling(other.article.id, relation, parted)

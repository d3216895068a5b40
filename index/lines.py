"""Sentences set beside each other: which tell the same, and at which figures or names they part."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.sentences import Span, sentences
from index.words import stems

ALIKE = 0.5  # of the content words of two sentences, shared: one was made from the other
NEARLY_VERBATIM = 0.75

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    """.split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_WORTH = {word: n for n, word in enumerate(_ONES)} | {
    word: 10 * n for n, word in enumerate(_TENS, start=2)
}
_FIGURE = re.compile(
    rf"\d+(?:[.,:]\d+)*|\b(?:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES[1:10])}))?"
    rf"|{'|'.join(_ONES)})\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=\w[\s'\u2019-])[A-Z][\w'\u2019]*\w|(?<=[,;(] )[A-Z][\w'\u2019]*\w")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: its text, the stems of its content words, and its figures and names.

    Attributes:
        marks: as written, by normal form: {"7": "seven", "oakes": "Oakes"}.
    """

    text: str
    words: frozenset[str]
    marks: dict[str, str]


class Difference(NamedTuple):
    """What one telling of a sentence gives, and what another gives in its place."""

    one: tuple[str, ...]
    other: tuple[str, ...]


class Twins(NamedTuple):
    """Two sentences that tell the same, and how much of their words they share, up to 1."""

    one: Line
    other: Line
    share: float


def lines(text: str, spans: Sequence[Span] | None = None) -> list[Line]:
    """The sentences of a text that have words; `spans`, where the caller has them already."""
    found = (text[start:end] for start, end in spans or sentences(text))
    made = (Line(line, frozenset(stems(line)), _marks(line)) for line in found)
    return [line for line in made if line.words]


def twins(some: Iterable[Line], others: Sequence[Line]) -> Iterator[Twins]:
    """Each line with the line of the others that is most like it, where one is alike."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(others):
        for word in line.words:
            places[word].append(place)
    for line in some:
        shared = Counter(place for word in line.words for place in places.get(word, ()))
        pairs = [
            Twins(line, others[at], 2 * both / (len(line.words) + len(others[at].words)))
            for at, both in shared.items()
        ]
        best = max(pairs, key=lambda pair: pair.share, default=None)
        if best and best.share >= ALIKE:
            yield best


def differences(some: Sequence[Line], others: Sequence[Line]) -> list[Difference]:
    """The figures and names at which two texts part where they tell the same.

    A figure only one of them has is no difference, since either may have been cut.

    >>> differences(lines("Seven people died at Oakes."), lines("Nine people died at Oakes."))
    [Difference(one=('Seven',), other=('Nine',))]
    """
    everywhere = _all_marks(some), _all_marks(others)
    found = (difference(pair, *everywhere) for pair in twins(some, others))
    return list(dict.fromkeys(filter(None, found)))


def difference(pair: Twins, of_one: frozenset[str], of_other: frozenset[str]) -> Difference | None:
    """
    Args:
        of_one, of_other: the normal forms of all marks of the two texts.
    """
    one = [mark for mark in pair.one.marks if mark not in pair.other.marks]
    other = [mark for mark in pair.other.marks if mark not in pair.one.marks]
    # A name may stand a sentence further on; so may a figure, where a sentence was recast.
    verbatim = pair.share >= NEARLY_VERBATIM
    one = [m for m in one if (verbatim and _is_figure(m)) or m not in of_other]
    other = [m for m in other if (verbatim and _is_figure(m)) or m not in of_one]
    for alike in (_is_figure, lambda mark: not _is_figure(mark)):
        mine, theirs = list(filter(alike, one)), list(filter(alike, other))
        if mine and theirs:
            return Difference(
                tuple(pair.one.marks[m] for m in mine), tuple(pair.other.marks[m] for m in theirs)
            )
    return None


def _all_marks(of: Iterable[Line]) -> frozenset[str]:
    return frozenset(mark for line in of for mark in line.marks)


def _is_figure(mark: str) -> bool:
    return mark[0].isdigit()


def _marks(line: str) -> dict[str, str]:
    names = (name for name in _NAME.findall(line) if not _FIGURE.fullmatch(name))
    plain = {re.sub("['\u2019]s$", "", name).lower(): name for name in names}
    return {_plain(figure): figure for figure in _FIGURE.findall(line)} | plain


def _plain(figure: str) -> str:
    """
    >>> _plain("4,000"), _plain("Twenty-two")
    ('4000', '22')
    """
    if figure[0].isdigit():
        return figure.replace(",", "")
    return str(sum(_WORTH[word] for word in figure.lower().split("-")))

"""A model's text, as it comes, as sentences with the passage numbers that each names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.sentences import sentences as spans_of

# [1], [1, 2], [1-3], [passage 1]
_MARKER = re.compile(r"\[(?:passages?\s+)?([0-9]{1,3}(?:\s*[,;\u2013-]\s*[0-9]{1,3})*)\]", re.I)
_NUMBERS = re.compile(r"([0-9]+)(?:\s*[\u2013-]\s*([0-9]+))?")
_LIST_MARK = re.compile(r"^(?:[-*\u2022#>]+|[0-9]{1,2}[.)])\s+")
_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?])")
_WHOLE = re.compile(r"\w.*[.!?\u2026][\"'\u201d\u2019)]*$")
_THINKING, _THOUGHT = "<think>", "</think>"  # how some models set off what is not their answer


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its markers, and the passage numbers they name, in order, once each."""

    text: str
    numbers: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        """Not a heading or a sentence that breaks off."""
        return _WHOLE.search(self.text) is not None


def sentences(tokens: Iterable[str]) -> Iterator[Marked]:
    """Each sentence as soon as the next has begun, for its markers may stand behind it."""
    pending = ""
    for token in tokens:
        pending += token
        if pending.lstrip().startswith(_THINKING):
            pending = pending.partition(_THOUGHT)[2] or pending
        elif any(map(str.isspace, token)):
            *whole, rest = _split(_settled(pending)) or [(0, Marked("", ()))]
            yield from (sentence for _, sentence in whole if sentence.text)
            pending = pending[rest[0] :]
    if not pending.lstrip().startswith(_THINKING):
        yield from (sentence for _, sentence in _split(pending) if sentence.text)


def _settled(text: str) -> str:
    """The text up to the last whole word or marker."""
    whole = text[: max(text.rfind(" "), text.rfind("\n")) + 1]
    opened = whole.rfind("[")
    return whole[:opened] if opened > whole.rfind("]") else whole


def _split(text: str) -> list[tuple[int, Marked]]:
    """The sentences of a text, each with where it begins.

    A marker belongs to the sentence before it, whichever side of the full stop it stands on.

    >>> _split("The gates shut. [1] It rained [2, 4].")[1]
    (20, Marked(text='It rained.', numbers=(2, 4)))
    """
    bare = _MARKER.sub(lambda marker: " " * len(marker[0]), text)
    spans = spans_of(bare)
    numbers: list[list[int]] = [[] for _ in spans]
    for marker in _MARKER.finditer(text):
        before = [n for n, (start, _) in enumerate(spans) if start < marker.start()]
        if spans:
            numbers[before[-1] if before else 0] += _numbers(marker[1])
    return [
        (start, Marked(_clean(bare[start:end]), tuple(dict.fromkeys(named))))
        for (start, end), named in zip(spans, numbers, strict=True)
    ]


def _numbers(inside: str) -> list[int]:
    """
    >>> _numbers("1, 3-5")
    [1, 3, 4, 5]
    """
    found: list[int] = []
    for first, last in _NUMBERS.findall(inside):
        found += range(int(first), int(last or first) + 1)
    return found


def _clean(text: str) -> str:
    """On one line, without list marks, emphasis or what a terminal would obey; "" if wordless."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    plain = _LIST_MARK.sub("", printable.replace("**", "").strip())
    plain = _SPACE_BEFORE.sub("", " ".join(plain.split()))
    return plain if any(map(str.isalpha, plain)) else ""

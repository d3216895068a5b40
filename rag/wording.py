"""When two wordings are the same answer: SQuAD's normal form."""

import re
import string
from collections.abc import Iterable

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLE = re.compile(r"\b(a|an|the)\b")


def normalise(text: str) -> str:
    """Lower case without ASCII punctuation, the articles a, an and the, or spare white space.

    Defined by SQuAD's evaluation script (https://rajpurkar.github.io/SQuAD-explorer/). As
    there, a hyphen goes and leaves no space, and typographic quotes and dashes stay.

    >>> normalise("The  North-South hotline!")
    'northsouth hotline'
    """
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def stands_in(normalised: str, wordings: Iterable[str]) -> bool:
    """Whether any of the wordings stands in a normalised text as whole words.

    >>> stands_in(normalise("They met on 9 June."), ["June 9", "9 June"])
    True
    >>> stands_in(normalise("They met on 19 June."), ["9 June"])
    False
    """
    return any(holds(normalised, wording) for wording in map(normalise, wordings) if wording)


def holds(normalised: str, words: str) -> bool:
    """The same of words that are normalised already, and of one wording."""
    return f" {words} " in f" {normalised} "

"""Is what a statement says in the text it cites?"""

import re
from collections.abc import Sequence

_QUOTATION = re.compile('\u201c([^\u201d]+)\u201d|"([^"]+)"')
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"\b[A-Z][\w'\u2019-]*[\w]")
_OPENING = re.compile(r"^\W*\w+")


def unsupported(statement: str, quotes: Sequence[str]) -> list[str]:
    """The numbers, names and quotations of a statement that none of its quotes has.

    The statement's first word is no name on account of its capital. A quotation must be there
    letter for letter, but for the shape of quotation marks, capitals and spaces.

    >>> unsupported("Oakes lost 40 homes.", ["Forty homes stood empty.", "In Oakes, 41 were lost."])
    ['40']
    """
    text = _plain(" ".join(quotes))
    words = {*re.findall(r"[\w'-]+", text), *re.findall(r"\w+", text)}
    numbers = set(_NUMBER.findall(text))
    missing = [q for q in _quotations(statement) if _plain(q).rstrip(".,") not in text]
    missing += [number for number in _NUMBER.findall(statement) if number not in numbers]
    rest = _OPENING.sub("", statement, count=1)
    missing += [name for name in _NAME.findall(rest) if not _is_in(name, words)]
    return missing


def _is_in(name: str, words: set[str]) -> bool:
    plain = _plain(name)
    return plain in words or plain.removesuffix("'s") in words or f"{plain}'s" in words


def _quotations(text: str) -> list[str]:
    return [curly or straight for curly, straight in _QUOTATION.findall(text)]


def _plain(text: str) -> str:
    return " ".join(text.translate(_STRAIGHT).casefold().split())


_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})

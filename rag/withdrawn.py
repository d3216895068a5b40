"""What a report takes back: the words of a correction that are wrong, as it says itself.

Such a sentence reads like any other, and is the last that an answer should rest on.
"""

import re
from functools import lru_cache

from index.sentences import Span, sentences

# Of the sentence before, if that is what somebody said.
_WRONG = (
    r"(?:that|this|it|both|the (?:figure|number|report|claim|statement|name|date)s?) "
    r"(?:was|were|is|are) (?:wrong|incorrect|mistaken|untrue|false|an error|a mistake"
    r"|not (?:so|true|right|correct|the case))\b(?! (?:to|that|for|of)\b)"
)
_SAID = re.compile(
    r"\b(?:say|said|told|wrote|gave|(?:report|nam|stat|claim|announc|publish|print|put)\w*)\b", re.I
)
# Of the sentence itself, whose own words say what is wrong.
_EARLIER = (
    r"\b(?:an? (?:earlier|previous) (?:version|edition|headline)|the original version)\b.*"
    r"\b(?:said|says|stated|gave|named|misidentified|mis-?stated|incorrectly|wrongly|mistakenly)\b"
    r"|\b(?:we|this (?:article|report|story|newspaper)) "
    r"(?:incorrectly|wrongly|mistakenly|in error|misstated|misidentified)\b"
)
_HINT = re.compile(rf"{_WRONG}|{_EARLIER}", re.I)
_TAKES_BACK = re.compile(rf"(?:but |yet )?{_WRONG}", re.I)
_TAKEN_BACK = re.compile(_EARLIER, re.I)


@lru_cache(maxsize=256)
def withdrawn(text: str) -> tuple[Span, ...]:
    """The sentences of a text that it takes back, as spans.

    >>> text = "We said that seven had died. That was wrong. Six are dead."
    >>> [text[start:end] for start, end in withdrawn(text)]
    ['We said that seven had died.']
    """
    if not _HINT.search(text):
        return ()
    spans = sentences(text)
    said = [text[start:end] for start, end in spans]
    follow = [*said[1:], ""]
    return tuple(
        span
        for span, sentence, after in zip(spans, said, follow, strict=True)
        if _TAKEN_BACK.search(sentence) or (_SAID.search(sentence) and _TAKES_BACK.match(after))
    )


def is_withdrawn(text: str, start: int, end: int) -> bool:
    """Whether characters of a text touch a sentence that it takes back."""
    return any(first < end and start < last for first, last in withdrawn(text))

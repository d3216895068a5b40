"""Does a sentence hold the kind of thing a question asks for?"""

import re
from datetime import date

from rag.answer import Kind
from rag.period import find_period

_NUMBER = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores?"
    r"|(thir|four|fif|six|seven|eigh|nine)teen|(twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|hundreds?|thousands?|millions?|half|twice|no)\b",
    re.I,
)
_REASON = re.compile(
    r"\b(because|since|after|over|due to|owing to|in (protest|response|retaliation|order)"
    r"|blam\w+|cit(ed|ing)|accus\w+|caus\w+|reasons?|so that|as a result|therefore|led to"
    r"|to (prevent|avoid|protest|stop|keep|allow|make))\b",
    re.I,
)
_PLACE = re.compile(r"\b(in|at|near|from|to|on|outside|across|off)\s+(the\s+)?[A-Z]")
# A capital that does not open the sentence.
_NAME = re.compile(r"(?<=[\w,;:\u2019\u201d\"] )[A-Z][a-z]+|^[A-Z][\w-]+ [A-Z]")
# A year alone is no period that a question could be about, and a clock's time is none; both answer.
_TIME = re.compile(
    r"\b(1[5-9]|20)\d\d\b|\b\d{1,2}([.:]\d\d)? ?[ap]\.?m\b|\b(noon|midday|midnight|dawn|dusk)\b",
    re.I,
)

_ANY_DAY = date(2000, 1, 1)  # whether a text names a time does not depend on the day it is read


def offers(sentence: str, kind: Kind) -> bool:
    """Whether a sentence could hold an answer of that kind; where any could, True.

    >>> offers("The gates opened on 3 May.", "when"), offers("The gates opened.", "when")
    (True, False)
    >>> offers("11.20 p.m", "when"), offers("1971", "when")
    (True, True)
    """
    match kind:
        case "count":
            return is_number(sentence)
        case "when":
            return bool(_TIME.search(sentence)) or find_period(sentence, _ANY_DAY) is not None
        case "why":
            return _REASON.search(sentence) is not None
        case "where":
            return _PLACE.search(sentence) is not None
        case "who":
            return _NAME.search(sentence) is not None
        case _:
            return True


def is_number(text: str) -> bool:
    """Whether a number stands in a text, in digits or in words."""
    return _NUMBER.search(text) is not None

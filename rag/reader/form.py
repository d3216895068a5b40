"""What a question asks for by name, and whether a short answer has that form.

A form is told only where the question's words say it surely: a country, a state, a sum, a year.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from rag.expected import is_number
from rag.question import asking

_KINDS_OF = "us|u\\.s\\.|american|european|african|asian|other|new|eu|nato|island|middle eastern"
# One word more may stand before it, "battleground", unless it ends what is asked or counts.
_ANY = "(?!(?:of|the|in|is|was|two|three|four|five)\\b)[a-z-]+"
# "Which state senator" asks for a senator.
_NOT_ASKED = "senator|capital|official|secretary|universit|department|park|fair|law|house|governor"
_PLACE = re.compile(
    rf"\b(?:which|what|whose)(?: (?:{_KINDS_OF}))*(?: {_ANY})? "
    rf"(?P<kind>country|countries|nation|state)\b(?! (?:{_NOT_ASKED}))"
)

# Up to where the question's noun ends: at a verb, or at what follows a noun.
_NOUN = re.compile(
    r"\b(?:which|what|whose) (?:[\w'\u2019-]+ ){0,4}?(?P<noun>[\w'\u2019-]+)"
    r"(?= (?:is|was|are|were|did|does|do|has|have|had|will|would|can|could|became|become|won|said"
    r"|announced|made|set|recently|this|last|on|in|of|to|by|from|for|that)\b)"
)


def noun_asked(question: str) -> str | None:
    """The noun after "which" or "what", in lower case; None if nothing is asked for by such a name.

    >>> noun_asked("Storms hit the coast. Which low-cost airline was grounded?")
    'airline'
    >>> noun_asked("Who built the bridge?") is None
    True
    """
    match = _NOUN.search(asking(question))
    return match["noun"] if match else None


def admitted(question: str) -> Callable[[str], bool]:
    """Whether a short answer, in SQuAD's normal form, has the form that a question asks for.

    >>> admits = admitted("Storms hit the coast. Which US state was spared?")
    >>> admits("north dakota"), admits("harbour")
    (True, False)
    >>> admits = admitted("What will the new roof cost?")
    >>> admits("380000 crowns"), admits("crowns")
    (True, False)
    >>> admitted("Who built the bridge?")("crowns")
    True
    """
    asks = asking(question)
    if match := _PLACE.search(asks):
        return _names("states.txt" if match["kind"] == "state" else "countries.txt").__contains__
    return next((fits for pattern, fits in _FORMS if pattern.search(asks)), lambda words: True)


def _holds(pattern: str) -> Callable[[str], bool]:
    return lambda words: re.search(pattern, words) is not None


_MULTIPLIERS = {"hundred", "thousand", "million", "billion", "trillion"}  # of what, is not said

# A clock's time is "1120 pm" in the normal form. In order: the first that fits.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"\b(what|which) (two|three|four)\b"), _holds(r"\band\b")),
    (
        re.compile(r"\bwhat time\b"),
        _holds(
            r"\d ?[ap] ?m\b|\b\d{3,4}\b|oclock|\b(noon|midday|midnight|dawn|dusk|sun(rise|set))\b"
        ),
    ),
    (re.compile(r"\b(what|which) year\b"), _holds(r"\b(1\d|20)\d\d\b")),
    (
        re.compile(r"\b(what|which) month\b"),
        _holds(
            r"\b(january|february|march|april|may|ju(ne|ly)|august|(sept|nov|dec)ember|october)\b"
        ),
    ),
    (
        re.compile(
            r"\bhow (many|much|old|long|far|high|tall)\b|\btoll\b"
            r"|\bwhat (did|does|do|will|would)\b.*\b(cost|pay|charge)\b(?! (tribute|homage))"
        ),
        lambda words: is_number(words) and words not in _MULTIPLIERS,
    ),
)


@cache
def _names(file: str) -> frozenset[str]:
    return frozenset((Path(__file__).parent / file).read_text(encoding="utf-8").splitlines())

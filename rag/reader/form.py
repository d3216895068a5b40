"""What a question asks for by name, and whether a short answer has that form.

A form is told only where the question's words say it surely: a country, a state. Numbers and dates
the model sees for itself (docs/reader.md).
"""

import re
from functools import cache
from pathlib import Path

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


def allowed_words(question: str) -> frozenset[str] | None:
    """The only answers, in SQuAD's normal form, that a question admits; None if it admits any.

    >>> "north dakota" in allowed_words("Storms hit the coast. Which US state was spared?")
    True
    >>> allowed_words("Who built the bridge?") is None
    True
    """
    match = _PLACE.search(asking(question))
    if match is None:
        return None
    return _names("states.txt" if match["kind"] == "state" else "countries.txt")


@cache
def _names(file: str) -> frozenset[str]:
    return frozenset((Path(__file__).parent / file).read_text(encoding="utf-8").splitlines())

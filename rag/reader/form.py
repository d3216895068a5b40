"""Does a short answer have the form that its question asks for?

Only where the question's words say it surely: a country, a state. Numbers and dates the model sees
for itself (docs/reader.md).
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

"""The page's address: what is typed, as the parameters that ask it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from rag.question import MAX_LENGTH
from ui.chat.conversation import Turn

LONGEST = 200  # characters of a day or an outlet; whatever comes after them is dropped
MOST_OUTLETS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks, as it was typed."""

    question: str = ""
    as_of: str = ""
    first: str = ""
    last: str = ""
    outlets: tuple[str, ...] = ()


NOTHING = Asked()


def read(parameters: Mapping[str, list[str]]) -> Asked:
    """What the parameters of an address ask; those of others are passed over.

    >>> read({"q": ["Who resigned?"], "as_of": ["2020-06-30"], "theme": ["dark"]})
    Asked(question='Who resigned?', as_of='2020-06-30', first='', last='', outlets=())
    """

    def one(name: str, longest: int = LONGEST) -> str:
        return next(iter(parameters.get(name, [])), "")[:longest]

    outlets = tuple(name[:LONGEST] for name in parameters.get("outlet", []) if name.strip())
    question = one("q", MAX_LENGTH + 1)  # one too long is still refused as such
    return Asked(question, one("as_of"), one("from"), one("to"), outlets[:MOST_OUTLETS])


def written(turn: Turn) -> str:
    """The parameters that ask a question again.

    >>> written(Turn("Who resigned?"))
    'q=Who+resigned%3F'
    """
    days = [("as_of", turn.as_of), ("from", turn.scope.first), ("to", turn.scope.last)]
    given = [(name, day.isoformat()) for name, day in days if day]
    question = turn.asked[: MAX_LENGTH + 1]
    return urlencode([("q", question), *given, *(("outlet", one) for one in turn.scope.outlets)])

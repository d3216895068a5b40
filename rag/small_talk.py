"""What is said to the archive rather than asked of it: greetings, thanks, "what is in here?"."""

import re
from collections.abc import Sequence
from typing import Literal

from rag.status import Status

Talk = Literal["greeting", "thanks", "farewell", "contents"]

_HERE = r"(here|there|(this|the|your) archive)"
_TALK: dict[Talk, tuple[str, ...]] = {
    "greeting": (
        r"(hi|hello|hey|greetings)( there| dateline)?",
        r"good (morning|afternoon|evening|day)( dateline)?",
    ),
    "thanks": (r"(many |ok,? |great,? )?(thanks|thank you|cheers)( a lot| (so|very) much)?",),
    "farewell": (r"(bye|goodbye|see you|good night)",),
    "contents": (
        r"help|who are you",
        rf"what( is|'s) (this|in {_HERE})",
        r"what (is|are) (this archive|the archive|you|these articles)( about)?",
        rf"what do you (have|know|cover)( in)?( {_HERE})?",
        rf"what can (i|you) (ask|do|answer|find)( you)?( in)?( {_HERE})?",
        rf"(which|what) (outlets|articles|sources|topics)( are| do you have)?( in)?( {_HERE})?",
        rf"how many articles( are| do you have)?( in)?( {_HERE})?",
    ),
}


def recognise(text: str) -> Talk | None:
    """What kind of small talk a text is; None if it is a question about the news."""
    said = re.sub(r"[^\w\s',]", "", text.replace("\u2019", "'")).strip().lower()
    for talk, patterns in _TALK.items():
        if any(re.fullmatch(pattern, said) for pattern in patterns):
            return talk
    return None


def reply(talk: Talk, status: Status, titles: Sequence[str]) -> str:
    """A reply from the archive's own counts.

    Args:
        titles: of the newest articles, as something to ask about.
    """
    match talk:
        case "greeting":
            return f"Hello. {_contents(status, titles)}"
        case "thanks":
            return "You are welcome. Every sentence of an answer can be checked by its number."
        case "farewell":
            return "Goodbye."
        case "contents":
            return _contents(status, titles)


def _contents(status: Status, titles: Sequence[str]) -> str:
    if not status.articles:
        return str(status)
    holds = f"This archive holds {status}"
    newest = "; ".join(f"\u201c{title}\u201d" for title in titles)
    return f"{holds} The newest: {newest}." if newest else holds

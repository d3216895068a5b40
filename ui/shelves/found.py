"""What a search by words found, shown where its words stand."""

from index.sentences import sentences
from index.words import places
from ui.chat.bold import bold


def snippet(text: str, words: str) -> str:
    """HTML of a passage from the first sentence on that holds one of the words, these in bold."""
    found = places(words, text)
    first = found[0][0] if found else 0
    start = max((start for start, _ in sentences(text) if start <= first), default=0)
    return ("… " if start else "") + bold(text, start, len(text), found)

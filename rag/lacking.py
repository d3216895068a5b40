"""Why a passage found does not answer, as far as that can be told from its words and its day."""

import re

from index.article import Excerpt
from index.index import Index
from index.words import content_words, stems
from rag.answer import Kind, Question
from rag.expected import offers
from rag.listed import listed
from rag.period import written
from rag.read import subject

MOST_NAMED = 3  # of the words that a passage lacks, the rarest
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
_WITHOUT: dict[Kind, str] = {
    "count": "gives no number",
    "when": "names no time",
    "where": "names no place",
    "who": "names nobody",
    "why": "gives no reason",
}


def looked_for(question: Question) -> tuple[str, ...]:
    """The words of a question that say what it is about, as it has them; not those of its time."""
    words = {word.lower(): word for word in _WORD.findall(subject(question))}
    return tuple(word for word in words.values() if content_words(word))


def why_not(question: Question, excerpt: Excerpt, index: Index) -> str:
    """In a sentence; the passage is taken with its title."""
    found = [
        *_lacks(question, excerpt, index),
        *_without(question, excerpt),
        *_untimely(question, excerpt),
    ]
    if not found:
        return "It has the words of the question, but no answer was found in it."
    return f"It {', and '.join(filter(None, [', '.join(found[:-1]), found[-1]]))}."


def _lacks(question: Question, excerpt: Excerpt, index: Index) -> list[str]:
    held = set(stems(f"{excerpt.title} {excerpt.text}"))
    lacking = [word for word in looked_for(question) if held.isdisjoint(stems(word))]
    rarest = sorted(lacking, key=lambda word: -index.rarest(word))[:MOST_NAMED]
    named = [f"\u201c{word}\u201d" for word in lacking if word in rarest]
    return [f"lacks {listed(named)}"] if named else []


def _without(question: Question, excerpt: Excerpt) -> list[str]:
    kind = question.kind
    return [_WITHOUT[kind]] if kind in _WITHOUT and not offers(excerpt.text, kind) else []


def _untimely(question: Question, excerpt: Excerpt) -> list[str]:
    if question.window is None or excerpt.day is None:
        return []
    first, last = question.window
    if first <= excerpt.day <= last:
        return []
    return [f"is of {written(excerpt.day)}, outside the time asked about"]

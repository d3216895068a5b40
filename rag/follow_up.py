"""What to ask next: about those named beside the answer, and the reports found beside it.

A question is offered only if its words find the very passage that it was made from, among all
that were published by then.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from index.article import Passage
from index.index import Index
from index.words import stems
from rag.answer import Answer
from rag.read import coverage, rarity_of, sentences_of
from rag.results import SearchResult
from rag.retrieve import within
from rag.wording import normalise

MOST = 3
BESIDE = 10  # passages found that are looked at
TRIED = 4  # questions of a kind
SEEN = 3  # passages among which that of a question must be found again
LONGEST = 90  # characters of a title
OF_THE_MATTER = 0.25  # of the question's rarity that a report must hold
# Of the rarity of what is offered, in one sentence: with it, a sentence that is not far in meaning
# either is enough to answer with (`rag.abstain.ENOUGH`).
ANSWERED = 0.4

_NAME = r"(?P<name>(?:\b[Tt]he )?\b[A-Z][\w\u2019'-]*\w(?: [A-Z][\w\u2019'-]*\w){1,4})"
_SPOKE = r"(?:said|says|told|wrote|added)"
_QUOTED = (
    re.compile(rf"{_NAME}(?:, [^,.;]{{4,80}},)? {_SPOKE}\b"),
    re.compile(rf"\b{_SPOKE} {_NAME}(?=[.,;])"),
)
_INTRODUCED = re.compile(rf"{_NAME}, (?:an?|the|[a-z]+) [^,.;]{{4,80}}, ")
# Words with a capital that are no part of a person's name, or leave open whose it is.
_NO_NAME = re.compile(
    r"^(?:[Tt]he|An?|On|In|At|But|And|Yesterday|Today|Meanwhile|Later|Earlier|However|M[rs]s?|Dr|Sir"
    r"|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b|['\u2019]s\b"
)
_TOPIC = re.compile(r"(?:the )?\b[A-Z][\w\u2019-]*(?: [A-Z][\w\u2019-]*)+")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question, and the passage that answers it."""

    text: str
    passage: Passage


def follow_ups(answer: Answer, found: Sequence[SearchResult], index: Index) -> tuple[str, ...]:
    """Two or three questions, fewer where little else was found.

    Args:
        found: the passages found, best first.
    """
    beside = found[:BESIDE]
    kinds = [(_introduced, 1), (_quoted, 1), (_reported, MOST)]
    if answer.abstained:  # who is named in passages that miss the point is no concern of it
        kinds = kinds[2:]
    good = _Found(answer, index)
    chosen = (
        islice(filter(good, islice(kind(answer, beside, index), TRIED)), most)
        for kind, most in kinds
    )
    return tuple(islice((candidate.text for candidate in chain(*chosen)), MOST))


class _Found:
    """Whether a question finds its passage, and is not the one just asked."""

    def __init__(self, answer: Answer, index: Index) -> None:
        self._asked = normalise(answer.question.standalone)
        self._index = index
        self._within = within(answer.question, index)

    def __call__(self, candidate: _Candidate) -> bool:
        hits = self._index.matching(
            candidate.text, SEEN, lambda passage: self._within(passage.article_id)
        )
        again = candidate.passage in (passage for passage, _ in hits)
        return again and normalise(candidate.text) != self._asked


def _introduced(
    answer: Answer, found: Sequence[SearchResult], index: Index
) -> Iterator[_Candidate]:
    """People of whom a passage says who they are, and that they spoke: no ship does."""
    for result in found:
        for match in _INTRODUCED.finditer(result.text):
            if _is_new(match["name"], answer) and _spoke(match["name"], result.text):
                yield _Candidate(f"Who is {match['name']}?", result.passage)


def _quoted(answer: Answer, found: Sequence[SearchResult], index: Index) -> Iterator[_Candidate]:
    """People whose words a passage gives, on what was asked about if it names that."""
    for result in found:
        for match in chain(*(pattern.finditer(result.text) for pattern in _QUOTED)):
            if _is_new(match["name"], answer) and _spoke(match["name"], result.text):
                about = _about(answer.question.standalone, result.text)
                # "What did … say?" would be read for a few words, and a speech has none.
                asked = f"What was said by {match['name']}{about}?"
                yield _Candidate(asked, result.passage)


def _reported(answer: Answer, found: Sequence[SearchResult], index: Index) -> Iterator[_Candidate]:
    """Reports of other stories than those that the answer cites.

    Where it abstains, those found are what the archive has that is nearest, near or not.
    """
    least = 0 if answer.abstained else OF_THE_MATTER
    rarity = rarity_of(answer.question, index)
    told = {index.stories.story(citation.article_id) for citation in answer.citations}
    for result in found:
        title, story = result.excerpt.title, index.stories.story(result.passage.article_id)
        of_the_matter = coverage(rarity, set(stems(f"{title} {result.text}"))) >= least
        asked = f"What is reported on \u201c{title}\u201d?"
        if story not in told and of_the_matter and title and len(title) <= LONGEST:
            told.add(story)
            if _best_coverage(asked, answer, result, index) >= ANSWERED:
                yield _Candidate(asked, result.passage)


def _best_coverage(asked: str, answer: Answer, result: SearchResult, index: Index) -> float:
    """Of a question, by a sentence of a passage."""
    rarity = rarity_of(replace(answer.question, standalone=asked), index)
    around = set(stems(f"{result.excerpt.title} {result.text}"))
    inside = (result.excerpt.slice(*span) for span in sentences_of(result.excerpt, index))
    return max((coverage(rarity, set(stems(text)), around) for text in inside), default=0.0)


def _is_new(name: str, answer: Answer) -> bool:
    asked = answer.question.standalone
    return not _NO_NAME.search(name) and not any(word in asked for word in name.split())


def _spoke(name: str, text: str) -> bool:
    last = re.escape(name.split()[-1])
    spoke = rf"\b(?:M[rs]s?|Dr) {last}\b|\b{last} {_SPOKE}\b|\b{_SPOKE} (?:[A-Z][\w-]* )*{last}\b"
    return re.search(spoke, text) is not None


def _about(asked: str, text: str) -> str:
    topics = (topic for topic in _TOPIC.findall(asked) if topic.removeprefix("the ") in text)
    return next((f" about {topic}" for topic in topics), "")

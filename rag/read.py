"""Reading without a model of its own: which sentences of the found passages answer?"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from index.article import Excerpt
from index.index import Index
from index.sentences import Span
from index.words import stems
from rag.answer import Question
from rag.expected import offers
from rag.period import find_period
from rag.withdrawn import is_withdrawn

PASSAGES_READ = 8
# By meaning, the dearer comparison; their words choose them.
SENTENCES_COMPARED = 24
FEWER_COMPARED = 8  # where a short answer decides which sentence comes first

# Tuned on 200 questions of RealTimeQA 2022: docs/decisions/reading-without-a-model.md.
NEARNESS = 0.31
COVERAGE = 0.46
FORM = 0.16
RANK = 0.07
BESIDE = 0.5  # what a question's word is worth that stands not in the sentence but around it

Rarity = Mapping[str, float]  # of each of a question's stems

_IS_SENTENCE = re.compile(r"\w.*\s.*[.!?\u2026][\"'\u201d\u2019)\]]*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        start, end: its span in the article's text.
        score: from 0 to 1, how well it answers.
    """

    excerpt: Excerpt
    start: int
    end: int
    text: str
    score: float


class SentenceReader:
    """Scores every sentence of the best passages by meaning, words and form."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def read(
        self,
        question: Question,
        rarity: Rarity,
        excerpts: Sequence[Excerpt],
        compared: int = SENTENCES_COMPARED,
    ) -> list[Candidate]:
        """Sentences of the first passages, best first; at most so many as are compared."""
        found = [
            candidate
            for rank, excerpt in enumerate(excerpts[:PASSAGES_READ])
            for candidate in self._candidates(question, rarity, excerpt, rank)
        ]
        found = sorted(filter(_is_sentence, found), key=lambda c: -c.score)[:compared]
        vectors = self._index.encoder.encode([question.standalone, *(c.text for c in found)])
        nearness = (vectors[1:] @ vectors[0]).clip(min=0)
        found = [
            replace(candidate, score=candidate.score + NEARNESS * float(near))
            for candidate, near in zip(found, nearness, strict=True)
        ]
        return sorted(found, key=lambda candidate: -candidate.score)

    def _candidates(
        self, question: Question, rarity: Rarity, excerpt: Excerpt, rank: int
    ) -> Iterator[Candidate]:
        """A passage's sentences, scored by all but their nearness."""
        around = set(stems(f"{excerpt.title} {excerpt.text}"))
        begins = excerpt.passage.start
        for start, end in sentences_of(excerpt, self._index):
            if is_withdrawn(excerpt.text, start - begins, end - begins):
                continue
            text = excerpt.slice(start, end)
            score = (
                COVERAGE * coverage(rarity, set(stems(text)), around)
                + FORM * offers(text, question.kind)
                + RANK / (1 + rank)
            )
            yield Candidate(excerpt, start, end, text, score)


def sentences_of(excerpt: Excerpt, index: Index) -> list[Span]:
    """The sentences of a passage, as spans of its article's text."""
    passage = excerpt.passage
    return [
        # A passage may hold part of an over-long sentence.
        (max(start, passage.start), min(end, passage.end))
        for start, end in index.sentences(passage.article_id)
        if start < passage.end and passage.start < end
    ]


def rarity_of(question: Question, index: Index) -> Rarity:
    """How much each of the question's stems tells, those of its time left out."""
    return {stem: index.rarity(stem) for stem in stems(subject(question))}


def subject(question: Question) -> str:
    """The question without the words for its time: a report of "last week" seldom says so."""
    period = find_period(question.standalone, question.as_of)
    if period is None:
        return question.standalone
    return question.standalone[: period.start] + question.standalone[period.end :]


def _is_sentence(candidate: Candidate) -> bool:
    """Not a heading, a credit line or a button: some words, and a full stop."""
    return _IS_SENTENCE.search(candidate.text) is not None


def coverage(rarity: Rarity, inside: Set[str], around: Set[str] = frozenset()) -> float:
    """The share of the question's rarity that a text holds; what is around it counts half.

    Args:
        inside, around: stems of the text, and of that in which it stands.
    """
    total = sum(rarity.values())
    if not total:  # "What happened last week?": anything of that week will do
        return 1.0
    held = sum(weight for stem, weight in rarity.items() if stem in inside)
    beside = sum(weight for stem, weight in rarity.items() if stem in around - inside)
    return (held + BESIDE * beside) / total

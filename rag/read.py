"""Reading without a model of its own: which sentences of the found passages answer?"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Excerpt
from index.index import Index
from index.words import stems
from rag.answer import Question
from rag.expected import offers
from rag.period import find_period

PASSAGES_READ = 8

# Tuned on RealTimeQA 2022 and 2023: `python -m eval.benchmarks.reading`.
NEARNESS = 0.50
COVERAGE = 0.35
FORM = 0.10
RANK = 0.05
BESIDE = 0.5  # what a question's word is worth that stands not in the sentence but around it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        start, end: its span in the article's text.
        score: from 0 to 1, how well it answers.
        nearness: cosine of question and sentence, from -1 to 1.
        coverage: share of the question's words, weighed by rarity, in it or around it, 0 to 1.
    """

    excerpt: Excerpt
    start: int
    end: int
    text: str
    score: float
    nearness: float
    coverage: float


class SentenceReader:
    """Scores every sentence of the best passages by meaning, words and form."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def read(self, question: Question, excerpts: Sequence[Excerpt]) -> list[Candidate]:
        """Sentences of the first passages, best first."""
        read = excerpts[:PASSAGES_READ]
        found = [
            (rank, excerpt, span)
            for rank, excerpt in enumerate(read)
            for span in self._sentences(excerpt)
        ]
        if not found:
            return []
        texts = [_slice(excerpt, span) for _, excerpt, span in found]
        titled = [f"{e.title}\n{text}" for (_, e, _), text in zip(found, texts, strict=True)]
        vectors = self._index.encoder.encode([question.standalone, *titled])
        nearness = vectors[1:] @ vectors[0]
        rarity = {stem: self._index.rarity(stem) for stem in stems(_subject(question))}
        candidates = []
        for (rank, excerpt, span), text, near in zip(found, texts, nearness, strict=True):
            coverage = _coverage(rarity, text, excerpt)
            score = (
                NEARNESS * max(float(near), 0.0)
                + COVERAGE * coverage
                + FORM * offers(text, question.kind)
                + RANK * (1 - rank / PASSAGES_READ)
            )
            candidates.append(Candidate(excerpt, *span, text, score, float(near), coverage))
        return sorted(candidates, key=lambda candidate: -candidate.score)

    def _sentences(self, excerpt: Excerpt) -> list[tuple[int, int]]:
        passage = excerpt.passage
        return [
            # A passage may hold part of an over-long sentence.
            (max(start, passage.start), min(end, passage.end))
            for start, end in self._index.sentences(passage.article_id)
            if start < passage.end and passage.start < end
        ]


def _subject(question: Question) -> str:
    """The question without the words that name its time: an article of "last week" seldom says so."""
    period = find_period(question.standalone, question.as_of)
    if period is None:
        return question.standalone
    return question.standalone[: period.start] + question.standalone[period.end :]


def _slice(excerpt: Excerpt, span: tuple[int, int]) -> str:
    offset = excerpt.passage.start
    return excerpt.text[span[0] - offset : span[1] - offset]


def _coverage(rarity: dict[str, float], sentence: str, excerpt: Excerpt) -> float:
    """The share of the question's rarity that the sentence holds; what is around it counts half."""
    total = sum(rarity.values())
    if not total:  # "What happened last week?": anything of that week will do
        return 1.0
    inside = set(stems(sentence))
    around = set(stems(f"{excerpt.title} {excerpt.text}")) - inside
    held = sum(weight for stem, weight in rarity.items() if stem in inside)
    beside = sum(weight for stem, weight in rarity.items() if stem in around)
    return (held + BESIDE * beside) / total

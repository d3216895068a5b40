"""Agreement: spans of one wording, in however many passages, are one proposal for the answer.

A reader that marks a span in every passage is right more often where several passages, found for
their own reasons, give the same words: on RealTimeQA 2022 this is worth .1 of exact match
(docs/reader.md).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from index.article import Excerpt
from rag.answer import Question
from rag.rank import timeliness
from rag.reader.form import admitted
from rag.reader.model import Reading
from rag.withdrawn import is_withdrawn
from rag.wording import holds, normalise

# Tuned on RealTimeQA 2022 and 2023; docs/reader.md has what was tried. In logits:
TEMPERATURE = 4.0  # for which a span's weight grows e-fold
WORTH = 8.0  # of a passage's retrieval score, each time it grows e-fold
TIMELY = 6.0  # of being of the time asked about
UNFIT = 8.0  # lost by an answer of another form than asked for
WITHDRAWN = 8.0  # lost by words that a later report takes back
ECHO = 9.0  # lost by words that stand in the question
LEAST_SCORE = 1e-3  # of a passage; retrieval may give 0


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a passage gives a proposal's words.

    Attributes:
        start, end: in the article's text.
        margin: logits above there being no answer in the passage.
        weight: logarithm of what it adds to its proposal.
    """

    excerpt: Excerpt
    start: int
    end: int
    margin: float
    weight: float

    @property
    def text(self) -> str:
        return self.excerpt.slice(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A short answer that passages propose.

    Attributes:
        words: in SQuAD's normal form.
        mentions: heaviest first; at least one.
        strength: logarithm of the mentions' weights together.
        belief: their share, from 0 to 1, of the weights of all proposals.
    """

    words: str
    mentions: tuple[Mention, ...]
    strength: float
    belief: float

    @property
    def best(self) -> Mention:
        return self.mentions[0]

    @property
    def wording(self) -> str:
        """As the heaviest mention has it."""
        return self.best.text

    @property
    def articles(self) -> set[str]:
        return {mention.excerpt.passage.article_id for mention in self.mentions}


def agree(question: Question, read: Iterable[tuple[Reading, float]]) -> list[Proposal]:
    """The proposals of all passages read, most believed first.

    Args:
        read: each passage's reading with its retrieval score.
    """
    read = list(read)
    bias = _Bias(question, [reading for reading, _ in read])
    groups: dict[str, list[Mention]] = defaultdict(list)
    for reading, score in read:
        for words, mention in _mentions(reading, score, bias):
            groups[words].append(mention)
    strengths = {words: _log_sum(m.weight for m in group) for words, group in groups.items()}
    total = _log_sum(strengths.values())
    proposals = [
        Proposal(
            words,
            tuple(sorted(group, key=lambda mention: -mention.weight)),
            strengths[words],
            belief=math.exp(strengths[words] - total),
        )
        for words, group in groups.items()
    ]
    return sorted(proposals, key=lambda proposal: -proposal.belief)


class _Bias:
    """What a span is worth before it is read, in logits."""

    def __init__(self, question: Question, readings: Iterable[Reading]) -> None:
        self._question = question
        self._withdrawn = _withdrawn(readings)
        self._asked = normalise(question.standalone)
        self._admits = admitted(question.standalone)

    def of_passage(self, excerpt: Excerpt, score: float) -> float:
        late = 1 - timeliness(excerpt.day, self._question)
        return WORTH * math.log(max(score, LEAST_SCORE)) - TIMELY * late

    def of_words(self, words: str, day: date | None) -> float:
        """Args: day: of the report that gives them; of unknown date, it may be any report."""
        echoes = holds(self._asked, words)
        until = self._withdrawn.get(words)
        withdrawn = until is not None and day is not None and day <= until
        return -ECHO * echoes - UNFIT * (not self._admits(words)) - WITHDRAWN * withdrawn


def _mentions(reading: Reading, score: float, bias: _Bias) -> Iterator[tuple[str, Mention]]:
    excerpt = reading.excerpt
    before = bias.of_passage(excerpt, score)
    for span in reading.spans:
        words = normalise(excerpt.text[span.start : span.end])
        if not words or is_withdrawn(excerpt.text, span.start, span.end):
            continue
        margin = span.score - reading.nothing
        weight = (margin + before + bias.of_words(words, excerpt.day)) / TEMPERATURE
        offset = excerpt.passage.start
        yield words, Mention(excerpt, offset + span.start, offset + span.end, margin, weight)


def _withdrawn(readings: Iterable[Reading]) -> dict[str, date]:
    """Words that reports take back, and the last day on which others may have believed them."""
    found: dict[str, date] = {}
    for reading in readings:
        text, day = reading.excerpt.text, reading.excerpt.day
        for span in reading.spans:
            if day and is_withdrawn(text, span.start, span.end):
                words = normalise(text[span.start : span.end])
                found[words] = max(day, found.get(words, day))
    return found


def _log_sum(weights: Iterable[float]) -> float:
    """Logarithm of the sum of exponentials; of none, minus infinity."""
    logs = list(weights)
    top = max(logs, default=-math.inf)
    return top + math.log(sum(math.exp(one - top) for one in logs)) if logs else top

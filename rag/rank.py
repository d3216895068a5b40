"""What a found passage is worth: the shares of two lists, and priors for its time and place."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from index.article import Passage
from index.index import Hits
from rag.answer import Question

LISTED = 100  # passages asked of each list
FADE_DAYS = 14  # over which an article's timeliness falls to 1/e
FADE_CHARACTERS = 1_000  # over which a passage's lead in its article does


@dataclass(frozen=True, slots=True)
class Weights:
    """Tuned on RealTimeQA 2022 and 2023: docs/decisions/retrieval.md has what was tried.

    Attributes:
        meaning: of a passage's share by meaning; its share by words has the rest of 1.
        time: how much more a passage of the time asked about is worth.
        lead: how much more the first passage of its article is worth.
    """

    meaning: float = 0.5
    time: float = 0.3
    lead: float = 0.1


TUNED = Weights()


def rank(
    dense: Hits,
    lexical: Hits,
    timely: Callable[[Passage], float],
    asked: int = LISTED,
    weights: Weights = TUNED,
) -> dict[Passage, float]:
    """The passages of both lists with what each is worth, best first.

    Args:
        timely: from 0 to 1, as `timeliness` has it.
        asked: how many passages each list was asked for; a shorter lexical one holds all there are.
    """
    # What is near in meaning has no end, and a graph of neighbours may pass one over: however short
    # the dense list is, what it leaves out counts as its last.
    by_meaning, by_words = shares(dense, len(dense)), shares(lexical, asked)
    found = dict.fromkeys(passage for passage, _ in [*dense, *lexical])

    def worth(passage: Passage) -> float:
        share = weights.meaning * by_meaning(passage) + (1 - weights.meaning) * by_words(passage)
        return share * (1 + weights.time * timely(passage) + weights.lead * leading(passage))

    return dict(sorted(((one, worth(one)) for one in found), key=lambda pair: -pair[1]))


def shares(hits: Hits, asked: int) -> Callable[[Passage], float]:
    """Each passage's score as a share of the best one's.

    Scores divided by the best keep the distances between them, which ranks throw away: an
    outstanding passage stands out. One that a full list leaves out counts as its last, not as
    nothing: it may have been the next.
    """
    best = hits[0][1] if hits else 0.0
    if best <= 0:
        return lambda passage: 0.0
    listed = {passage: max(score, 0.0) / best for passage, score in hits}
    unlisted = listed[hits[-1][0]] if len(hits) >= asked else 0.0
    return lambda passage: listed.get(passage, unlisted)


def timeliness(day: date | None, question: Question) -> float:
    """1 for an article of the time asked about, fading to 0 with the days between.

    The time asked about is the question's window, else the days before it is asked; so in an
    archive that ended long before, no article is timelier than another. An article of unknown
    date has 0.
    """
    if day is None:
        return 0.0
    first, last = question.window or (question.until, question.until)
    away = max((first - day).days, (day - last).days, 0)
    return math.exp(-away / FADE_DAYS)


def leading(passage: Passage) -> float:
    """1 at the start of an article, fading to 0: news tells first what matters most."""
    return math.exp(-passage.start / FADE_CHARACTERS)

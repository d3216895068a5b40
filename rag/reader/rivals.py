"""Proposals that stand beside the first: articles disagree, or the figure has changed since."""

import re
from collections.abc import Sequence

from rag.answer import Kind
from rag.expected import is_number
from rag.reader.agree import Proposal

# Other questions may have several right answers, and older reports tell of other events.
SINGLE_VALUED: frozenset[Kind] = frozenset({"when", "count"})
DAYS_APART = 30
NEARLY = 1.5  # between the weights of their best mentions, however often each is said
CLEAR = 2.0  # margin of a mention that may contradict
MOST = 2


def rivals(kind: Kind, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Those that a report of the same days gives nearly as clearly, in other words."""
    if kind not in SINGLE_VALUED or not proposals:
        return []
    first, *others = proposals
    kept = [first]
    for other in others:
        if _contradicts(other, first) and not any(_share_words(other, one) for one in kept):
            kept.append(other)
    return kept[1 : MOST + 1]


def _contradicts(other: Proposal, first: Proposal) -> bool:
    return (
        other.best.margin > CLEAR
        and other.best.weight > first.best.weight - NEARLY
        and not other.articles & first.articles
        and is_number(other.wording) == is_number(first.wording)
        and _days_apart(other, first) <= DAYS_APART
    )


def _days_apart(one: Proposal, other: Proposal) -> int:
    """Between their best mentions; 0 where a day is unknown."""
    some, others = one.best.excerpt.day, other.best.excerpt.day
    return abs((some - others).days) if some and others else 0


def _share_words(one: Proposal, other: Proposal) -> bool:
    return bool(set(re.findall(r"\w+", one.words)) & set(re.findall(r"\w+", other.words)))

"""What one answer earns. A measure that does not apply to a case is absent from its scores."""

from collections.abc import Callable, Iterable, Sequence

from eval.cases import Case
from eval.locate import Span, overlaps
from eval.metrics import contains, exact_match, f1, mean, ranking
from index.article import Article
from rag.answer import Answer, Citation

DEPTHS = (1, 5, 10)
MEASURES = (
    *(f"hit@{k}" for k in DEPTHS),
    "mrr",
    *("em", "f1", "contains", "evidence_hit", "citation_validity"),
    *("answered", "abstained"),
)
"""Every measure that is a share, in the order in which they are shown."""

# An abstention says nothing, whatever short answer or citations it may carry.
_NOTHING = dict.fromkeys(("em", "f1", "contains", "evidence_hit"), 0.0)


def score(
    case: Case, answer: Answer, rank: int | None, evidence: Sequence[Span]
) -> dict[str, float]:
    """The case's measures, all but `citation_validity`, which needs the articles.

    Args:
        rank: of the first passage found that overlaps the evidence, from 1; None if none did.
    """
    if not case.answerable:
        return {"abstained": float(answer.abstained)}
    said = _said(answer, case.answers, evidence) if not answer.abstained else _NOTHING
    return ranking(rank, DEPTHS) | said | {"answered": float(not answer.abstained)}


def validity(citations: Iterable[Citation], article: Callable[[str], Article]) -> float | None:
    """The share of citations whose quote is the article's text at its offsets; None of none."""
    return mean([float(article(c.article_id).text[c.start : c.end] == c.quote) for c in citations])


def _said(answer: Answer, golds: Sequence[str], evidence: Sequence[Span]) -> dict[str, float]:
    short = answer.short_answer
    return {
        "em": exact_match(short, golds) if short else 0.0,
        "f1": f1(short, golds) if short else 0.0,
        # Not `answer.text`: its citation numbers would pass for figures.
        "contains": max((contains(s.text, golds) for s in answer.statements), default=0.0),
        "evidence_hit": float(any(overlaps(c, evidence) for c in answer.citations)),
    }

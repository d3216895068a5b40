"""The short answer put before the sentences: who gives it, and who gives another."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from index.index import Index
from rag.answer import Answer, Citation, Rival
from rag.cite import cite
from rag.findings import Findings
from rag.read import Candidate
from rag.reader.agree import Mention, Proposal
from rag.reader.rivals import rivals
from rag.reading import stating_sentence
from rag.support import support_of

MOST_SAID_BY = 4  # articles named for one short answer
_EDGES = " \t\n\"'\u2018\u2019\u201c\u201d,;:.()[]"


def with_short_answer(answer: Answer, findings: Findings, index: Index) -> Answer:
    """The answer with the first proposal before it, its citations numbered on from the others."""
    if not findings.proposals:
        return answer
    citations = list(answer.citations)
    said_by = _said_by(findings.proposals[0], citations, index)
    support = support_of(findings.proposals[0], findings.results, index)
    others = [
        _rival(proposal, said_by, citations, index)
        for proposal in rivals(answer.question.kind, findings.proposals)
    ]
    return replace(
        answer,
        short_answer=_shown(findings.proposals[0]),
        said_by=said_by,
        support=support,
        rivals=tuple(others),
        confidence=findings.confidence,
        citations=tuple(citations),
    )


def _rival(
    proposal: Proposal, firsts: Sequence[Citation], citations: list[Citation], index: Index
) -> Rival:
    given = _said_by(proposal, citations, index)
    changed = any(_changed(one, first, index) for one in given for first in firsts)
    return Rival(_shown(proposal), given, changed)


def _changed(one: Citation, first: Citation, index: Index) -> bool:
    """Whether one outlet, or one story, told one thing on a day and the other on another."""
    days = {index.catalogue.day(one.article_id), index.catalogue.day(first.article_id)}
    related = (one.outlet and one.outlet == first.outlet) or (
        index.stories.story(one.article_id) == index.stories.story(first.article_id)
    )
    return bool(related) and None not in days and len(days) > 1


def _said_by(proposal: Proposal, citations: list[Citation], index: Index) -> tuple[Citation, ...]:
    """A sentence an article that gives the proposal; one not cited yet joins `citations`."""
    return tuple(
        _cited(sentence, citations)
        for sentence in islice(_one_an_article(proposal, index), MOST_SAID_BY)
    )


def _one_an_article(proposal: Proposal, index: Index) -> Sequence[Candidate]:
    # The first mention is why the proposal is believed; the others must stand on their own.
    mentions = [proposal.best, *(m for m in proposal.mentions[1:] if m.margin > 0)]
    heaviest: dict[str, Mention] = {}
    for mention in mentions:
        heaviest.setdefault(mention.excerpt.passage.article_id, mention)
    return [stating_sentence(mention, index) for mention in heaviest.values()]


def _cited(sentence: Candidate, citations: list[Citation]) -> Citation:
    place = sentence.excerpt.passage.article_id, sentence.start, sentence.end
    for citation in citations:
        if (citation.article_id, citation.start, citation.end) == place:
            return citation
    span = sentence.start, sentence.end
    citations.append(cite(len(citations) + 1, sentence.excerpt, span, sentence.text))
    return citations[-1]


def _shown(proposal: Proposal) -> str:
    return proposal.wording.strip(_EDGES) or proposal.wording

"""Finding passages: two ranked lists, joined into one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import (
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from index.article import Excerpt, Passage
from index.index import Allowed, Index
from rag.answer import Question
from rag.copies import COPIES
from rag.question import understand
from rag.rank import LISTED, rank, timeliness
from rag.results import SearchResult

DEPTH = 50  # passages returned


@dataclass
class QuestionBundle(QueryBundle):
    """LlamaIndex's query with the question it was made from."""

    question: Question | None = None

    @classmethod
    def of(cls, question: Question) -> "QuestionBundle":
        return cls(query_str=question.standalone, question=question)


def question_of(bundle: QueryBundle) -> Question:
    """The bundle's question; a bare query is a question asked today."""
    if isinstance(bundle, QuestionBundle) and bundle.question is not None:
        return bundle.question
    return understand(bundle.query_str, date.today())


def within(question: Question, index: Index) -> Callable[[str], bool]:
    """Which articles there were to answer from, by id: in the question's scope, and published by
    then; of each report as it stood then."""

    @cache
    def in_scope(article_id: str) -> bool:
        day = index.catalogue.day(article_id)
        # An article of unknown date may be of any day: it is labelled, not dropped.
        if day is not None and day > question.until:
            return False
        if not question.scope.holds(day, index.catalogue.outlet(article_id)):
            return False
        return index.catalogue.stands(article_id, question.until)

    return in_scope


class ArchiveRetriever(BaseRetriever):
    """The best passages for a question, as LlamaIndex nodes; `excerpt_of` reads one back.

    Args:
        allowed: which passages may be found at all; every one unless given.
    """

    def __init__(self, index: Index, depth: int = DEPTH, allowed: Allowed | None = None) -> None:
        super().__init__()
        self._index = index
        self._depth = depth
        self._allowed = allowed

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = question_of(query_bundle)
        self._index.refresh()
        in_scope = within(question, self._index)

        def allowed(passage: Passage) -> bool:
            if not in_scope(passage.article_id):
                return False
            return self._allowed is None or self._allowed(passage)

        if not any(map(in_scope, self._index.catalogue.ids)):
            return []  # found out by searching, this would cost a look at every passage
        vector = self._index.encoder.encode([question.standalone])[0]
        asked = max(self._depth, LISTED)
        scores = rank(
            self._index.nearest(vector, asked, allowed),
            self._index.matching(question.standalone, asked, allowed),
            lambda passage: timeliness(self._index.catalogue.day(passage.article_id), question),
            asked,
        )
        best = list(scores)[: self._depth]
        return [_node(excerpt, scores[excerpt.passage]) for excerpt in self._index.excerpts(best)]


def _node(excerpt: Excerpt, score: float) -> NodeWithScore:
    passage = excerpt.passage
    node = TextNode(
        id_=passage.id,
        text=excerpt.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.article_id)},
        metadata={
            "title": excerpt.title,
            "outlet": excerpt.outlet,
            "published": excerpt.published,
            "published_how": excerpt.published_how,
            "url": excerpt.url,
            "published_from": excerpt.published_from,
        },
    )
    return NodeWithScore(node=node, score=score)


def excerpt_of(scored: NodeWithScore) -> Excerpt:
    """The passage that a retrieved node stands for."""
    node = scored.node
    assert isinstance(node, TextNode) and node.ref_doc_id is not None
    assert node.start_char_idx is not None and node.end_char_idx is not None
    passage = Passage(node.ref_doc_id, node.start_char_idx, node.end_char_idx)
    about = {name: value for name, value in node.metadata.items() if name != COPIES}
    return Excerpt(passage, node.text, **about)


def results_of(nodes: Sequence[NodeWithScore]) -> list[SearchResult]:
    return [
        SearchResult(
            excerpt_of(node),
            node.score or 0.0,
            tuple(map(Passage.of, node.node.metadata.get(COPIES, ()))),
        )
        for node in nodes
    ]

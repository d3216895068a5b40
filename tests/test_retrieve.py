from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.schema import NodeWithScore, TextNode

from index.article import Passage
from rag.answer import Question
from rag.copies import CollapseCopies
from rag.retrieve import FUSION_CONSTANT, fuse, timeliness

DAY = date(2021, 3, 10)
PASSAGES = [Passage(f"{n:016x}", 0, 10) for n in range(6)]


@given(st.lists(st.permutations(PASSAGES), min_size=1, max_size=3))
def test_fusion_adds_the_reciprocal_ranks(lists: list[list[Passage]]) -> None:
    scores = fuse(*([(passage, 0.0) for passage in ranked] for ranked in lists))
    for passage in PASSAGES:
        expected = sum(1 / (FUSION_CONSTANT + ranked.index(passage) + 1) for ranked in lists)
        assert scores[passage] == pytest.approx(expected)


def test_a_passage_in_one_list_only_is_not_lost() -> None:
    scores = fuse([(PASSAGES[0], 0.9)], [(PASSAGES[1], 7.0)])
    assert scores[PASSAGES[0]] == scores[PASSAGES[1]]


def _question(window: tuple[date, date] | None = None) -> Question:
    return Question("q", "q", as_of=DAY, until=DAY, window=window)


def test_an_article_of_the_time_asked_about_is_wholly_timely() -> None:
    asked = _question((date(2020, 1, 1), date(2020, 1, 31)))
    assert timeliness(date(2020, 1, 15), asked) == 1
    assert timeliness(date(2020, 2, 5), asked) > timeliness(date(2020, 3, 5), asked) > 0


def test_without_a_time_the_days_before_the_question_are_timely() -> None:
    assert timeliness(DAY, _question()) == 1
    assert timeliness(date(2021, 3, 1), _question()) > timeliness(date(2021, 1, 1), _question())


def test_long_after_the_archive_ended_no_article_is_timelier_than_another() -> None:
    assert timeliness(date(2019, 5, 1), _question()) == pytest.approx(0)


def test_an_undated_article_is_neither_timely_nor_an_error() -> None:
    assert timeliness(None, _question()) == 0


WIRE = (
    "The spillway of the dam above Oakes gave way on Tuesday night, and five people are known to "
    "have died in the flood that followed, the county fire service said."
)


def _node(text: str, article: str) -> NodeWithScore:
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo

    source = {NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article)}
    return NodeWithScore(node=TextNode(text=text, relationships=source), score=1.0)


def test_prints_of_one_report_are_collapsed_onto_the_best_ranked() -> None:
    first = _node(WIRE, "a")
    copy = _node(
        WIRE.replace("on Tuesday night", "late on Tuesday").replace(", the county", ", county"), "b"
    )
    other = _node(
        "Five boats went to Oakes on Wednesday to fetch those whom the flood had cut off.", "c"
    )
    assert CollapseCopies().postprocess_nodes([first, copy, other]) == [first, other]


def test_passages_of_one_article_are_never_copies_of_each_other() -> None:
    nodes = [_node(WIRE, "a"), _node(WIRE, "a")]
    assert CollapseCopies().postprocess_nodes(nodes) == nodes

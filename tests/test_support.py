"""Copies count once in an answer, and a copy with another figure is not hidden by the first."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import WordEncoder
from llama_index.core.schema import NodeRelationship, NodeWithScore, RelatedNodeInfo, TextNode

from index.article import Passage
from rag.answer import Support
from rag.archive import Archive
from rag.copies import COPIES, CollapseCopies
from rag.retrieve import results_of

Write = Callable[[str, str], Path]

WIRE = """Seven people died when the spillway of Quarrow Dam gave way on Tuesday night.

The water reached the lower town of Oakes within ten minutes, the county fire service said.

Boats went from house to house until dawn and took forty people off their roofs."""
OWN = """In the gymnasium of Oakes a list hangs beside the door, and seven people on it died.

The spillway of Quarrow Dam gave way while most were asleep, says a teacher who opened the doors.

Volunteers bring soup at noon, and nobody asks for more than one bowl."""
QUESTION = "How many people died when the spillway of Quarrow Dam gave way?"


def node(text: str, article: str) -> NodeWithScore:
    about = {"title": "", "outlet": "", "published": None, "published_how": "unknown", "url": ""}
    made = TextNode(
        id_=f"{article}:0-{len(text)}",
        text=text,
        start_char_idx=0,
        end_char_idx=len(text),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=article)},
        metadata=about,
    )
    return NodeWithScore(node=made, score=1.0)


def kept(*nodes: NodeWithScore, one_story: bool = False) -> list[str | None]:
    collapse = CollapseCopies(lambda ids: {one: "story" if one_story else one for one in ids})
    return [one.node.ref_doc_id for one in collapse.postprocess_nodes(list(nodes))]


@pytest.mark.parametrize(
    ("was", "now"),
    [("Seven people", "Nine people"), ("forty people", "60 people"), ("Tuesday", "Monday")],
)
def test_a_copy_with_another_figure_or_name_is_kept(was: str, now: str) -> None:
    assert kept(node(WIRE, "a"), node(WIRE.replace(was, now), "b")) == ["a", "b"]


def test_a_rewrite_is_collapsed_where_the_articles_tell_one_story() -> None:
    recast = (
        "Seven people were killed on Tuesday night as Quarrow Dam's spillway gave way. In the "
        "lower town of Oakes the water arrived within ten minutes, said the county's fire crews."
    )
    assert kept(node(WIRE, "a"), node(recast, "b")) == ["a", "b"]
    assert kept(node(WIRE, "a"), node(recast, "b"), one_story=True) == ["a"]
    assert kept(node(WIRE, "a"), node(OWN, "b"), one_story=True) == ["a", "b"]


def test_a_passage_knows_the_copies_that_it_stands_for() -> None:
    nodes = [node(WIRE, "a"), node(WIRE, "b"), node(WIRE, "c")]
    (result,) = results_of(CollapseCopies().postprocess_nodes(nodes))
    assert result.copies == (Passage("b", 0, len(WIRE)), Passage("c", 0, len(WIRE)))
    assert COPIES not in nodes[1].node.metadata


@pytest.fixture
def archive(tmp_path: Path, encoder: WordEncoder, write: Write) -> Iterator[Archive]:
    for outlet, text in {
        "Harbour Post": WIRE,
        "Varn Courier": f"{WIRE}\n\nShare this.",
        "The Lantern": OWN,
    }.items():
        head = f"---\noutlet: {outlet}\npublished: 2031-04-09\n---\n"
        folder = write(f"{outlet}.md", head + text)
    with Archive.open(tmp_path / "archive", encoder) as archive:
        archive.add(folder)
        yield archive


def test_an_answer_says_how_many_outlets_and_how_many_reports(archive: Archive) -> None:
    answer = archive.ask(QUESTION, as_of="2031-04-10")
    assert answer.short_answer == "Seven"
    assert answer.support == Support(outlets=3, reports=2)
    assert "3 outlets say so, in 2 independent reports." in answer.assurance
    assert answer.to_dict()["support"] == {"outlets": 3, "reports": 2}
    assert archive.status().stories == 2


def test_a_copy_published_after_the_day_asked_from_is_not_counted(
    archive: Archive, write: Write
) -> None:
    head = "---\noutlet: Selm Gazette\npublished: 2031-04-11\n---\n"
    archive.add(write("late.md", head + WIRE))
    counted = [archive.ask(QUESTION, as_of=f"2031-04-{day}").support for day in (10, 12)]
    assert counted == [Support(3, 2), Support(4, 2)]


def test_a_later_figure_stands_beside_the_first(archive: Archive, write: Write) -> None:
    head = "---\noutlet: Selm Gazette\npublished: 2031-04-10\n---\n"
    archive.add(write("update.md", head + WIRE.replace("Seven", "Nine")))
    answer = archive.ask(QUESTION, as_of="2031-04-10")
    said = {answer.short_answer, *(rival.short_answer for rival in answer.rivals)}
    assert said == {"Seven", "Nine"}

from llama_index.core.schema import NodeRelationship, NodeWithScore, RelatedNodeInfo, TextNode

from rag.copies import CollapseCopies

WIRE = (
    "The spillway of the dam above Oakes gave way on Tuesday night, and five people are known to "
    "have died in the flood that followed, the county fire service said."
)


def _node(text: str, article: str) -> NodeWithScore:
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

"""One report printed by several outlets counts once, unless a print gives another figure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle

from index.lines import Line, differences, lines, twins
from index.shingles import Runs, overlap, shingles

SAME_REPORT = 0.6  # of the smaller passage's word triples; two reports of one event share far fewer
RECAST = 0.5  # of the shorter passage's words in sentences that the other has too, of one story
COPIES = "copies"  # ids of the passages that a kept node stands for, in its metadata

StoriesOf = Callable[[Iterable[str]], Mapping[str, str]]


def _of_its_own(ids: Iterable[str]) -> dict[str, str]:
    return {one: one for one in ids}


class CollapseCopies(BaseNodePostprocessor):
    """Keep the best ranked of passages that are prints of one report.

    Passages of one article are never copies of each other, nor are passages that give different
    figures or names for the same: one may be an update, or wrong, and both must be seen.
    """

    _stories: StoriesOf = PrivateAttr()

    def __init__(self, stories: StoriesOf = _of_its_own) -> None:
        """
        Args:
            stories: the story that each article tells, by their ids; passages of one story are
                copies in other words, too.
        """
        super().__init__()
        self._stories = stories

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        kept: list[_Print] = []
        stories = self._stories({str(node.node.ref_doc_id) for node in nodes})
        for one in (_Print(node, stories) for node in nodes):
            original = next((other for other in kept if one.is_copy_of(other)), None)
            if original is None:
                kept.append(one)
            else:
                ids = original.node.node.metadata.get(COPIES, [])
                original.node.node.metadata[COPIES] = [*ids, one.node.node.node_id]
        return [one.node for one in kept]


class _Print:
    def __init__(self, node: NodeWithScore, stories: Mapping[str, str]) -> None:
        self.node = node
        self.article = str(node.node.ref_doc_id)
        self.story = stories[self.article]
        self.runs: Runs = shingles(node.node.get_content())

    @cached_property
    def lines(self) -> list[Line]:
        return lines(self.node.node.get_content())

    def is_copy_of(self, other: "_Print") -> bool:
        if self.article == other.article:
            return False
        alike = overlap(self.runs, other.runs) >= SAME_REPORT
        alike = alike or (self.story == other.story and _recast(self.lines, other.lines))
        return alike and not differences(self.lines, other.lines)


def _recast(some: Sequence[Line], others: Sequence[Line]) -> bool:
    shorter, longer = sorted((some, others), key=_size)
    return _size([pair.one for pair in twins(shorter, longer)]) >= RECAST * max(_size(shorter), 1)


def _size(of: Sequence[Line]) -> int:
    """In content words."""
    return sum(len(line.words) for line in of)

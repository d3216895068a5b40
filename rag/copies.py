"""One report printed by several outlets counts once."""

from collections.abc import Sequence

from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle

from index.words import stems

SAME_REPORT = 0.6  # of the smaller passage's word triples; two reports of one event share far fewer


class CollapseCopies(BaseNodePostprocessor):
    """Keep the best ranked of passages that are prints of one report.

    Passages of one article are never copies of each other.
    """

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        kept: list[tuple[NodeWithScore, frozenset[tuple[str, ...]]]] = []
        for node in nodes:
            triples = shingles(node.node.get_content())
            if not any(
                other.node.ref_doc_id != node.node.ref_doc_id
                and overlap(triples, theirs) >= SAME_REPORT
                for other, theirs in kept
            ):
                kept.append((node, triples))
        return [node for node, _ in kept]


def shingles(text: str, size: int = 3) -> frozenset[tuple[str, ...]]:
    """The runs of `size` content words; of a shorter text, all of it as one."""
    words: Sequence[str] = stems(text)
    runs = max(1, len(words) - size + 1)
    return frozenset(tuple(words[i : i + size]) for i in range(runs))


def overlap(some: frozenset[tuple[str, ...]], others: frozenset[tuple[str, ...]]) -> float:
    """The share of the smaller set that is in the other; 0 if either is empty."""
    smaller = min(len(some), len(others))
    return len(some & others) / smaller if smaller else 0.0

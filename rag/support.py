"""How many outlets say so, and how many of them on their own."""

from collections.abc import Iterator, Sequence

from index.article import Excerpt
from index.index import Index
from rag.answer import Support
from rag.reader.agree import Proposal
from rag.results import SearchResult
from rag.wording import holds, normalise


def support_of(proposal: Proposal, results: Sequence[SearchResult], index: Index) -> Support | None:
    """None unless two outlets are known to give the proposal, in their articles or in copies."""
    said = [excerpt for excerpt in _giving(proposal, results, index) if excerpt.outlet]
    outlets = {excerpt.outlet for excerpt in said}
    stories = {index.stories.story(excerpt.passage.article_id) for excerpt in said}
    return Support(len(outlets), len(stories)) if len(outlets) > 1 else None


def _giving(proposal: Proposal, results: Sequence[SearchResult], index: Index) -> Iterator[Excerpt]:
    """The passages that give it, and those copies of them that hold its words."""
    copies = {result.passage: result.copies for result in results}
    # The first mention is why the proposal is believed; the others must stand on their own.
    for mention in [proposal.best, *(m for m in proposal.mentions[1:] if m.margin > 0)]:
        yield mention.excerpt
        for copy in index.excerpts(copies.get(mention.excerpt.passage, ())):
            if holds(normalise(copy.text), proposal.words):
                yield copy

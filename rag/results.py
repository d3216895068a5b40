"""A passage found, and its score."""

from dataclasses import dataclass

from index.article import Excerpt, Passage


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A passage found, with what a citation would say of it; scores compare within one search.

    Attributes:
        copies: passages of other articles that say the same, and for which it stands.
    """

    excerpt: Excerpt
    score: float
    copies: tuple[Passage, ...] = ()

    @property
    def passage(self) -> Passage:
        return self.excerpt.passage

    @property
    def text(self) -> str:
        return self.excerpt.text

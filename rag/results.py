"""A passage found, and its score."""

from dataclasses import dataclass

from index.article import Excerpt, Passage


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A passage found, with what a citation would say of it; scores compare within one search."""

    excerpt: Excerpt
    score: float

    @property
    def passage(self) -> Passage:
        return self.excerpt.passage

    @property
    def text(self) -> str:
        return self.excerpt.text

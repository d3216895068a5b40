"""A span of a found passage's article as a citation, and the answer that citations add up to."""

from collections.abc import Sequence

from index.article import Excerpt
from index.sentences import Span
from rag.answer import Answer, Citation, Question, Statement


def cite(number: int, excerpt: Excerpt, span: Span, quote: str) -> Citation:
    """
    Args:
        span: start and end in the article's text; `quote` is what stands there.
    """
    return Citation(
        number=number,
        article_id=excerpt.passage.article_id,
        start=span[0],
        end=span[1],
        quote=quote,
        outlet=excerpt.outlet,
        title=excerpt.title,
        published=excerpt.published,
        published_how=excerpt.published_how,
        url=excerpt.url,
        published_from=excerpt.published_from,
    )


def answer_of(question: Question, statements: Sequence[Statement]) -> Answer:
    """The answer that these sentences make, with each of their citations once."""
    citations = dict.fromkeys(c for statement in statements for c in statement.citations)
    return Answer(question, statements=tuple(statements), citations=tuple(citations))

"""Cut an article into passages: runs of whole sentences, small enough to embed."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tokenizers import Encoding, Tokenizer

from index.article import Article, Passage
from index.encoder import weights
from index.sentences import Span, sentences

MAX_TOKENS = 200  # of a passage with its title; leaves room below the encoder's 256
TITLE_TOKENS = 48  # a longer title is a teaser, and must not crowd out the text

_CLAUSE = re.compile(r"[;:,\u2014\u2013](?=\s)|\s[\u2014\u2013-]\s")


def encoded_text(article: Article, passage: Passage) -> str:
    """What is embedded for a passage: the article's title, then the passage itself."""
    body = article.text[passage.start : passage.end]
    return f"{article.title}\n{body}" if article.title else body


def passages(
    article: Article, spans: Sequence[Span] | None = None, limit: int = MAX_TOKENS
) -> list[Passage]:
    """The passages of an article, in order; together they hold every sentence once but credits.

    Args:
        spans: the article's sentences, where the caller has them already.
        limit: tokens of a passage with its title, at most.
    """
    if spans is None:
        spans = sentences(article.text, article.blocks)
    title = min(len(_tokens(article.title).ids), TITLE_TOKENS) if article.title else 0
    budget = limit - title
    found: list[Passage] = []
    for block in article.blocks:
        if block.kind == "credit":
            continue
        inside = [span for span in spans if block.start <= span[0] < block.end]
        pieces = [piece for span in inside for piece in _pieces(article.text, span, budget)]
        found += [Passage(article.id, start, end) for start, end in _runs(pieces, budget)]
    return found


def _runs(pieces: Sequence[tuple[Span, int]], budget: int) -> Iterator[Span]:
    """Join neighbouring pieces while their tokens fit the budget."""
    start = end = tokens = 0
    for (first, last), size in pieces:
        if tokens and tokens + size > budget:
            yield start, end
            tokens = 0
        if not tokens:
            start = first
        end, tokens = last, tokens + size
    if tokens:
        yield start, end


def _pieces(text: str, span: Span, budget: int) -> Iterator[tuple[Span, int]]:
    """A sentence and its length in tokens; an over-long one in parts that fit, cut at clauses."""
    start, end = span
    while start < end:
        encoding = _tokens(text[start:end])
        size = len(encoding.ids)
        if size <= budget:
            yield (start, end), max(size, 1)
            return
        cut = start + _cut(text[start:end], encoding.offsets[budget][0])
        yield (start, cut), budget
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())


def _cut(sentence: str, limit: int) -> int:
    """The last clause end before `limit`, else the last space, else `limit` itself."""
    clauses = [match.end() for match in _CLAUSE.finditer(sentence, 0, limit)]
    if clauses and clauses[-1] > limit // 2:
        return len(sentence[: clauses[-1]].rstrip())
    space = sentence.rfind(" ", 1, limit)
    return space if space > 0 else max(limit, 1)


def _tokens(text: str) -> Encoding:
    return _tokenizer().encode(text, add_special_tokens=False)


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    # Lengths are counted with the default encoder's tokenizer whatever the encoder, so that the
    # same article always gives the same passages.
    return weights.tokenizer()

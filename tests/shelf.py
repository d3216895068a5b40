"""A few articles on a shelf: the least that the chat can be shown over."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.article import Article
from index.errors import DatelineError
from index.stories import Telling
from rag.answer import Answer, Citation, Piece, Question, Statement
from rag.scope import EVERYTHING, Scope


@dataclass(frozen=True)
class ShelfStatus:
    name: str
    articles: int
    outlets: Mapping[str, int]
    first: date | None
    last: date | None
    undated: int


class Shelf:
    """Answers with the sentences that hold the question's longest word; abstains if none does."""

    def __init__(self, articles: Sequence[Article], name: str = "shelf", pause: float = 0) -> None:
        self.articles = {article.id: article for article in articles}
        self.name = name
        self.pause = pause  # seconds between two pieces
        self.writers: list[str] = []  # the language models that were to write

    def written_by(self, llm: str) -> "Shelf":
        self.writers.append(llm)
        return self

    def known(self, scope: Scope) -> Scope:
        return scope.among([article.outlet for article in self.articles.values()])

    def article(self, article_id: str) -> Article:
        return self.articles[article_id]

    def story(self, article_id: str) -> list[Telling]:
        return [Telling(article_id, None)]

    def status(self) -> ShelfStatus:
        days = sorted(a.day for a in self.articles.values() if a.day)
        outlets = {a.outlet: 1 for a in self.articles.values()}
        first, last = (days[0], days[-1]) if days else (None, None)
        undated = len(self.articles) - len(days)
        return ShelfStatus(self.name, len(self.articles), outlets, first, last, undated)

    def stream(
        self,
        text: str,
        as_of: date | None = None,
        until: date | None = None,
        history: Sequence[Answer] = (),
        *,
        scope: Scope = EVERYTHING,
    ) -> Iterator[Piece]:
        yield Piece(stage="searching")
        time.sleep(self.pause)
        if text == "break":
            raise DatelineError("the index is damaged", "run rebuild")
        day = as_of or date.today()
        question = Question(text, text, day, day, scope=scope)
        found = self._sentences(max(re.findall(r"\w+", text), key=len), scope)
        yield Piece(stage="reading")
        statements = [Statement(c.quote, (c,), True) for c in found]
        for statement in statements:
            time.sleep(self.pause)
            yield Piece(statement=statement)
        yield Piece(answer=self._answer(question, statements, len(history)))

    def _answer(self, question: Question, found: list[Statement], earlier: int) -> Answer:
        notes = (f"{earlier} earlier answers were known.",)
        if found:
            citations = tuple(s.citations[0] for s in found)
            return Answer(question, tuple(found), citations=citations, notes=notes)
        nearest = tuple(self._sentences(""))[:2]
        message = "The archive does not say."
        return Answer(question, abstained=True, message=message, nearest=nearest, notes=notes)

    def _sentences(self, word: str, scope: Scope = EVERYTHING) -> list[Citation]:
        spans = [
            (article, match)
            for article in self.articles.values()
            if scope.holds(article.day, article.outlet)
            for match in re.finditer(r"[^.\n]+\.", article.text)
            if word.lower() in match[0].lower()
        ]
        return [_cite(n, article, match) for n, (article, match) in enumerate(spans, start=1)]


def _cite(number: int, article: Article, match: re.Match[str]) -> Citation:
    quote = match[0].lstrip()
    return Citation(
        number, article.id, match.end() - len(quote), match.end(), quote, article.outlet,
        article.title, article.published, article.published_how, article.url,
    )  # fmt: skip

"""A year without its longest articles: live blogs, in which nearly any short answer stands."""

from collections.abc import Iterable
from datetime import date

from eval.benchmarks.realtimeqa.questions import QuizQuestion
from index.article import Article, Passage
from rag.wording import normalise, stands_in

LONG = 30_000  # characters


class ShortArticles:
    """Those of fewer than LONG characters, and what can be asked of them."""

    def __init__(self, articles: Iterable[Article]) -> None:
        short = (article for article in articles if len(article.text) < LONG)
        self._held: dict[str, tuple[date | None, str]] = {
            article.id: (article.day, normalise(article.text)) for article in short
        }

    def allow(self, passage: Passage) -> bool:
        return passage.article_id in self._held

    def keep_label(self, question: QuizQuestion) -> bool:
        """Whether the question is labelled as before: an answer still stands in an article in
        time, or never stood in any."""
        return question.label == "unanswerable" or any(
            stands_in(text, question.answers)
            for day, text in self._held.values()
            if day is None or day <= question.until
        )

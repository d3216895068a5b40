"""What every contender is given: the same articles, the same passages' worth, the same questions.

Articles travel to the contenders' processes as JSON Lines that `dateline add` reads, too.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from eval.benchmarks.realtimeqa.questions import read_questions
from index.article import Article, Passage
from index.errors import DatelineError
from index.loaders import load
from index.passages import passages
from index.sentences import Span, sentences

Cut = tuple[Article, list[Span], list[Passage]]  # an article, its sentences and its passages


@dataclass(frozen=True, slots=True)
class Document:
    """An article as a peer gets it: clean text, and the spans of the passages Dateline makes."""

    title: str
    text: str
    spans: list[Span]

    @property
    def passages(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question; where its day is known, ISO 8601, with the last day of articles it may use."""

    text: str
    as_of: str | None = None
    until: str | None = None


def cut_articles(source: Path, most: int) -> list[Cut]:
    """The first articles, in the order of the files, that make at least `most` passages.

    Raises:
        DatelineError: there is nothing at `source`, or no article in it.
    """
    found: list[Cut] = []
    seen: set[str] = set()
    made = 0
    for article in load(source):
        if made >= most:
            break
        if isinstance(article, Article) and article.id not in seen:
            seen.add(article.id)
            spans = sentences(article.text, article.blocks)
            found.append((article, spans, passages(article, spans)))
            made += len(found[-1][2])
    if not found:
        raise DatelineError(f"no article in {source}", "name what `dateline add` reads")
    return found


def first(cuts: Iterable[Cut], most: int) -> Iterator[Cut]:
    """The first of them that make at least `most` passages."""
    made = 0
    for cut in cuts:
        if made >= most:
            return
        yield cut
        made += len(cut[2])


def count_passages(cuts: Iterable[Cut]) -> int:
    return sum(len(made) for _, _, made in cuts)


def write_articles(file: Path, cuts: Iterable[Cut]) -> None:
    with file.open("w", encoding="utf-8") as lines:
        for article, _, made in cuts:
            fields = ("title", "text", "outlet", "authors", "published", "url")
            record = {name: getattr(article, name) for name in fields}
            record["passages"] = [(passage.start, passage.end) for passage in made]
            lines.write(json.dumps(record) + "\n")


def read_articles(file: Path) -> Iterator[Document]:
    with file.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield Document(record["title"], record["text"], record["passages"])


def questions_for(source: Path, cuts: Sequence[Cut], count: int) -> list[Asking]:
    """The folder's own questions, spread over its year; without any, the articles' titles."""
    if not (source / "questions.jsonl").is_file():
        titles = (article.title for article, _, _ in cuts if article.title)
        return [Asking(title) for title in dict.fromkeys(titles)][:count]
    every = read_questions(source)
    chosen = every[:: max(1, len(every) // count)][:count]
    return [Asking(one.text, _iso(one.asked), _iso(one.until)) for one in chosen]


def write_questions(file: Path, askings: Iterable[Asking]) -> None:
    file.write_text(json.dumps([asdict(asking) for asking in askings]), encoding="utf-8")


def read_asked(file: Path) -> list[Asking]:
    return [Asking(**fields) for fields in json.loads(file.read_text(encoding="utf-8"))]


def _iso(day: date) -> str:
    return day.isoformat()

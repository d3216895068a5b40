"""Examples: a question with a passage that answers it, and with passages that look as if they did.

Paragraphs are cut as articles are, so that the model learns on what it will read. Its negatives
are passages that the words of the question find and that do not hold its answer, what retrieval
ranks high and is wrong; and the passage asked about without its sentences that hold the answer, the
report of the same event that does not tell.
"""

import random
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.article import Article, Passage
from index.passages import passages
from index.sentences import Span, sentences
from index.words import WordIndex
from rag.reader.train.sets import Asked
from rag.wording import normalise, stands_in

FOUND = 16  # passages, among which the negatives are
FEWEST_NEGATIVES = 4  # a question with fewer is like no other, and left out
HELD_OUT = 20  # one paragraph in so many is kept for measuring


@dataclass(frozen=True, slots=True)
class Text:
    """A passage as the model reads it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """
    Attributes:
        passage: the passage asked about.
        spans: the answers in its text; none if it does not answer.
        silent: the passage without the sentences that hold an answer, if any are left.
        negatives: passages of other paragraphs, or of the rest of this one, nearest first.
    """

    id: str
    question: str
    passage: Text
    spans: tuple[Span, ...]
    silent: Text | None
    negatives: tuple[Text, ...]


def make_examples(asked: Iterable[Asked]) -> list[Example]:
    """One for each question whose answer lies within one passage, in the order given."""
    asked = list(asked)
    articles = {one.paragraph: Article(one.paragraph, one.title) for one in asked}
    cut = {paragraph: passages(article) for paragraph, article in articles.items()}
    texts = {
        passage: Text(article.title, paragraph[passage.start : passage.end])
        for paragraph, article in articles.items()
        for passage in cut[paragraph]
    }
    examples = []
    with tempfile.TemporaryDirectory() as folder:
        index = WordIndex(Path(folder))
        index.put(list(texts), [t.title for t in texts.values()], [t.text for t in texts.values()])
        index.commit()
        for one in asked:
            hits = [hit for hit, _ in index.search(one.question, FOUND)]
            found = _where(one, sorted(cut[one.paragraph], key=partial(_place, hits)))
            if found is None:
                continue
            passage, spans = found
            others = [hit for hit in hits if hit != passage]
            # What stands in the answer's wording elsewhere may be an answer there, too.
            wrong = tuple(
                texts[p] for p in others if not stands_in(normalise(texts[p].text), one.answers)
            )
            if len(wrong) >= FEWEST_NEGATIVES:
                text = texts[passage]
                silent = _silent(text, one.answers)
                examples.append(Example(one.id, one.question, text, spans, silent, wrong))
        index.end_writing()
    return examples


def _where(one: Asked, cut: Sequence[Passage]) -> tuple[Passage, tuple[Span, ...]] | None:
    """The passage that holds most of the annotated spans, and where; the first of those alike."""
    held = {
        passage: tuple(
            (start - passage.start, end - passage.start)
            for start, end in one.spans
            if passage.start <= start and end <= passage.end
        )
        for passage in cut
    }
    passage, spans = max(held.items(), key=lambda item: len(item[1]))
    return None if one.spans and not spans else (passage, spans)


def _place(hits: Sequence[Passage], passage: Passage) -> int:
    """Among what the question's words find: what looks most as if it answered comes first."""
    return hits.index(passage) if passage in hits else len(hits)


def _silent(passage: Text, answers: Sequence[str]) -> Text | None:
    told = [passage.text[start:end] for start, end in sentences(passage.text)]
    left = [sentence for sentence in told if not stands_in(normalise(sentence), answers)]
    return Text(passage.title, " ".join(left)) if 0 < len(left) < len(told) else None


def split(asked: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
    """To learn from, and to measure with; every question of a paragraph on the same side."""
    learn: list[Asked] = []
    held: list[Asked] = []
    for one in asked:
        (held if _is_held_out(one.paragraph) else learn).append(one)
    return learn, held


def _is_held_out(paragraph: str) -> bool:
    # Two sets share paragraphs, whose white space differs.
    return random.Random("".join(paragraph.split())).randrange(HELD_OUT) == 0

"""What a passage's size and head are worth:
`python -m eval.benchmarks.realtimeqa.cuts FOLDER ARCHIVE`

Articles of an archive are cut and embedded in several ways, and each way is ranked as the chain
ranks, with every vector compared. To embed so often, only some are taken: those that the questions
are about, and one in a few of the others. A smaller passage holds less, so beside the first five
passages stand those that fit 1,000 tokens, which is what a reader can afford.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from tqdm import tqdm

from eval.benchmarks.realtimeqa.fusions import paired
from eval.benchmarks.realtimeqa.questions import QuizQuestion, is_drawn, read_answerable
from eval.metrics import contains, first, hit_at, mean, reciprocal_rank
from index.article import Article, Passage
from index.encoder import Encoder, Vectors, load_encoder, weights
from index.errors import DatelineError
from index.passages import MAX_TOKENS, passages
from index.sentences import Span, sentences
from index.words import WordIndex
from rag.answer import Question
from rag.archive import Archive
from rag.question import understand
from rag.rank import LISTED, rank, timeliness

DEPTHS = (1, 5, 50)
TOKENS = 1_000  # what the passages of the last measure have together


@dataclass(frozen=True, slots=True)
class Cut:
    """
    Attributes:
        tokens: of a passage at most, its article's title included.
        overlap: whether a passage begins with the sentence before it.
        head: what is embedded before a passage's text.
        title: how much of the vector of the title alone is added to a passage's.
    """

    tokens: int = MAX_TOKENS
    overlap: bool = False
    head: Callable[[Article], str] = lambda article: article.title
    title: float = 0.0


def _nothing(article: Article) -> str:
    return ""


def _dated(article: Article) -> str:
    day = f"{article.day:%-d %B %Y}. " if article.day else ""
    return f"{day}{article.title}"


OURS = f"{MAX_TOKENS} tokens, title before"
CUTS = {
    OURS: Cut(),
    "100 tokens": Cut(tokens=100),
    "150 tokens": Cut(tokens=150),
    "250 tokens": Cut(tokens=250),
    "a sentence of overlap": Cut(overlap=True),
    "day and title before": Cut(head=_dated),
    "no title": Cut(head=_nothing),
    "no title, 0.3 of its vector added": Cut(head=_nothing, title=0.3),
    "no title, 0.6 of its vector added": Cut(head=_nothing, title=0.6),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """One question's outcome: ranks of the first passage that holds an answer.

    Attributes:
        rank: among all; None if it is not among the first 50.
        afforded: whether it is among the first that have TOKENS together.
    """

    rank: int | None
    afforded: bool


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.realtimeqa.cuts")
    parser.add_argument("folder", type=Path)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--every", type=int, default=2, help="ask one question in so many")
    parser.add_argument("--others", type=int, default=8, help="keep one other article in so many")
    options = parser.parse_args(arguments)
    try:
        questions = read_answerable(options.folder)[:: options.every]
        with Archive.open(options.archive, create=False) as archive:
            articles = list(_some(archive, questions, options.others))
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    encoder = _Remembering(load_encoder())
    runs = {name: _run(cut, articles, questions, encoder) for name, cut in CUTS.items()}
    print(f"{len(questions)} questions, {len(articles):,} articles\n")
    print(_table(runs))
    return 0


def _some(archive: Archive, questions: Sequence[QuizQuestion], others: int) -> Iterator[Article]:
    own = {address for question in questions for address in question.articles}
    for article in archive.articles():
        if article.url in own or is_drawn(article.id, others):
            yield article


class _Remembering:
    """An encoder that embeds no text twice, and says how far it is."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for at in tqdm(range(0, len(new), 256), disable=None, leave=False):
            some = new[at : at + 256]
            self._known.update(zip(some, self._encoder.encode(some), strict=True))
        return np.array([self._known[text] for text in texts])


def _run(
    cut: Cut, articles: Sequence[Article], questions: Sequence[QuizQuestion], encoder: _Remembering
) -> list[Ranked]:
    made = {passage: article for article in articles for passage in _passages(article, cut)}
    with tempfile.TemporaryDirectory() as folder:
        searched = _Searched(made, _vectors(made, cut, encoder), Path(folder))
        return [searched.ask(one, encoder) for one in questions]


def _passages(article: Article, cut: Cut) -> list[Passage]:
    spans = sentences(article.text, article.blocks)
    found = passages(article, spans, cut.tokens)
    return [_earlier(one, spans) for one in found] if cut.overlap else found


def _earlier(passage: Passage, spans: Sequence[Span]) -> Passage:
    """The passage from the sentence before it on."""
    before = [start for start, end in spans if end <= passage.start]
    return Passage(passage.article_id, max(before, default=passage.start), passage.end)


def _vectors(made: Mapping[Passage, Article], cut: Cut, encoder: _Remembering) -> Vectors:
    texts = [
        f"{cut.head(article)}\n{article.text[one.start : one.end]}".lstrip()
        for one, article in made.items()
    ]
    vectors = encoder.encode(texts)
    if cut.title:
        titles = encoder.encode([article.title for article in made.values()])
        vectors = vectors + cut.title * titles
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


class _Searched:
    """Passages in both lists, as the chain has them."""

    def __init__(self, made: Mapping[Passage, Article], vectors: Vectors, folder: Path) -> None:
        self._made = made
        self._vectors = vectors
        self._order = list(made)
        self._texts = {one: article.text[one.start : one.end] for one, article in made.items()}
        self._words = WordIndex(folder)
        titles = [article.title for article in made.values()]
        self._words.put(self._order, titles, list(self._texts.values()))
        self._words.commit()
        self._words.end_writing()

    def ask(self, quiz: QuizQuestion, encoder: _Remembering) -> Ranked:
        best = self._best(understand(quiz.text, quiz.asked, quiz.until), encoder)
        texts = [self._texts[one] for one in best]
        found = first(contains(text, quiz.answers) == 1.0 for text in texts)
        read = sum(map(_length, texts[:found]))
        return Ranked(found, afforded=found is not None and read <= TOKENS)

    def _best(self, question: Question, encoder: _Remembering) -> list[Passage]:
        def allowed(passage: Passage) -> bool:
            day = self._made[passage].day
            return day is None or day <= question.until

        cosines = self._vectors @ encoder.encode([question.standalone])[0]
        near = ((self._order[at], float(cosines[at])) for at in np.argsort(-cosines))
        dense = list(islice((hit for hit in near if allowed(hit[0])), LISTED))
        hits = self._words.search(question.standalone, 10 * LISTED)
        lexical = list(islice((hit for hit in hits if allowed(hit[0])), LISTED))
        scores = rank(dense, lexical, lambda one: timeliness(self._made[one].day, question))
        return list(scores)[: DEPTHS[-1]]


@cache
def _length(text: str) -> int:
    return len(weights.tokenizer().encode(text, add_special_tokens=False).ids)


def _table(runs: Mapping[str, Sequence[Ranked]]) -> str:
    depths = [f"hit@{k}" for k in DEPTHS]
    heads = ["passages", *depths, "MRR", f"in {TOKENS:,} tokens", "at 5, against ours", "the same"]
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}"]
    ours = runs[OURS]
    for name, run in runs.items():
        numbers = [mean([hit_at(one.rank, k) for one in run]) for k in DEPTHS]
        numbers.append(mean([reciprocal_rank(one.rank) for one in run]))
        numbers.append(mean([float(one.afforded) for one in run]))
        pairs = list(zip(run, ours, strict=True))
        at_5 = paired([hit_at(a.rank, 5) - hit_at(b.rank, 5) for a, b in pairs])
        afforded = paired([float(a.afforded) - float(b.afforded) for a, b in pairs])
        cells = [name, *(f"{number or 0:.3f}" for number in numbers), at_5, afforded]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

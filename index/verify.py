"""Whether all that the archive says of itself is so: every offset, and every id in all stores."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np

from index.article import Article, Passage
from index.sentences import Span
from index.store import Store
from index.vectors import VectorIndex
from index.words import WordIndex

REBUILD = "run `dateline rebuild`"
NAMED = 3  # ids given as examples


@dataclass(frozen=True, slots=True)
class Flaw:
    """
    Attributes:
        problem: what is wrong, and where.
        cure: what mends it.
    """

    problem: str
    cure: str

    def __str__(self) -> str:
        return f"{self.problem}: {self.cure}"


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was looked at, and what is wrong with it.

    Attributes:
        unfinished: articles that an interruption left on their way in or out. Nobody sees these,
            and the next command that writes ends it, so they are no flaw.
    """

    articles: int
    passages: int
    sentences: int
    unfinished: int
    flaws: tuple[Flaw, ...]

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def verify(store: Store, vectors: VectorIndex, words: WordIndex) -> VerifyReport:
    """Read everything. The caller holds the write lock, so that nothing moves meanwhile."""
    flaws = [
        Flaw(f"the database: {said}", "move the archive away and add the articles again")
        for said in store.integrity()
    ]
    articles = passages = sentences = 0
    for one in store.ids("ready"):
        article, cut, spans = store.article(one), store.passages(one), store.sentences(one)
        assert article is not None  # the caller keeps writers out
        wrong = [*_wrong(article, one, cut, spans), *_misquoted(store, article, cut)]
        if wrong:
            cure = f"run `dateline remove {one}`, then `dateline add {article.path}`"
            flaws.append(Flaw(f"article {one} ({article.heading}): {'; '.join(wrong)}", cure))
        articles, passages, sentences = articles + 1, passages + len(cut), sentences + len(spans)
    held = list(vectors.records())
    flaws += _unlike(store, "vectors", [one for one, _ in held])
    flaws += _unlike(store, "words", list(words.ids()))
    bent = [one for one, vector in held if not np.isclose(np.linalg.norm(vector), 1, atol=0.01)]
    if bent:
        flaws.append(Flaw(f"vectors: {_some(bent)} of a length that is not 1", REBUILD))
    unfinished = len(store.ids("arriving")) + len(store.ids("leaving"))
    return VerifyReport(articles, passages, sentences, unfinished, tuple(flaws))


def _wrong(
    article: Article, known_as: str, cut: Sequence[Passage], spans: Sequence[Span]
) -> Iterator[str]:
    from index.loaders.text.clean import clean  # with it comes every format's loader

    text = article.text
    if clean(text) != text:
        yield "its text is not in normal form"
    if article.id != known_as:
        yield "its content is not that of its id"
    blocks = [(block.start, block.end) for block in article.blocks]
    places = [(passage.start, passage.end) for passage in cut]
    for name, found in [("block", blocks), ("passage", places), ("sentence", list(spans))]:
        if not _in_order(found, len(text)):
            yield f"a {name} lies outside the text or over another"
    inside = [any(first <= a and b <= last for first, last in blocks) for a, b in [*places, *spans]]
    if not all(inside):
        yield "a passage or sentence lies in no block"
    searched = [block for block in article.blocks if block.kind != "credit"]
    said = [(a, b) for a, b in spans if any(one.start <= a and b <= one.end for one in searched)]
    if _words(text, places) != _words(text, said):
        yield "its passages do not hold its sentences"


def _words(text: str, spans: Iterable[Span]) -> str:
    """Without the white space, which passages hold and sentences do not."""
    return "".join("".join(text[start:end] for start, end in spans).split())


def _misquoted(store: Store, article: Article, cut: Sequence[Passage]) -> Iterator[str]:
    for passage in cut:
        excerpt = store.excerpt(passage)
        if excerpt is None or excerpt.text != article.text[passage.start : passage.end]:
            yield f"a citation of {passage.start}-{passage.end} would not be its text"


def _in_order(spans: Sequence[Span], length: int) -> bool:
    whole = all(0 <= start < end <= length for start, end in spans)
    return whole and all(one[1] <= other[0] for one, other in pairwise(spans))


def _unlike(store: Store, name: str, held: Iterable[str]) -> Iterator[Flaw]:
    """Where an index holds other passages than it should; of those under way it may hold any."""
    wanted = {passage.id for passage in store.all_passages()}
    counted = Counter(held)
    if missing := sorted(wanted - counted.keys()):
        yield Flaw(f"{name}: {_some(missing)} missing", REBUILD)
    under_way = {*store.ids("arriving"), *store.ids("leaving")}
    extra = [one for one in counted.keys() - wanted if Passage.of(one).article_id not in under_way]
    if extra:
        yield Flaw(f"{name}: {_some(sorted(extra))} of no article", REBUILD)
    if twice := sorted(one for one, times in counted.items() if times > 1):
        yield Flaw(f"{name}: {_some(twice)} twice", REBUILD)


def _some(ids: Sequence[str]) -> str:
    """`12 passages (a:0-9, b:0-7, c:0-8, …)`"""
    shown = ", ".join(ids[:NAMED]) + (", …" if len(ids) > NAMED else "")
    return f"{len(ids):,} passage{'s' if len(ids) > 1 else ''} ({shown})"

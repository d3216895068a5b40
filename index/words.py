"""Tantivy: the passages by their words, ranked by BM25. The only file that knows it."""

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import tantivy

from index.article import Passage
from index.sentences import Span

TITLE_BOOST = 0.1  # a title is repeated by every passage of its article, and is in its vector
_WRITER_MEMORY = 64_000_000  # bytes
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_ANALYSER = "dateline_en"

# English function words and the words that only make a sentence a question.
FUNCTION_WORDS = frozenset(
    """
    a about after again all also am an and any are as at be because been before being between
    both but by can could did do does doing done down during each else ever every few for from
    further get give given got had happen happened happening happens has have having he her here
    hers herself him himself his how i if in into is it its itself just many may me might mine
    more most much must my myself no nor not of off on once one only or other our ours out over
    own please same shall she should so some such tell than that the their theirs them
    themselves then there these they this those through to too under until up us very was we
    were what when where whether which while who whom whose why will with would you your yours
    """.split()  # noqa: SIM905
)


class WordIndex:
    """Passages with their article's title, by stemmed English words."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = _opened(folder)
        self._writer: tantivy.IndexWriter | None = None

    def reopen(self, folder: Path) -> None:
        """See what is there now, in the same folder or in another."""
        if folder == self._folder:
            self._index.reload()
        else:
            self._folder, self._index = folder, _opened(folder)

    def put(self, passages: Sequence[Passage], titles: Sequence[str], texts: Sequence[str]) -> None:
        """Add passages; `commit` makes them findable."""
        with _as_os_error():
            for passage, title, text in zip(passages, titles, texts, strict=True):
                self._writing().add_document(
                    tantivy.Document(
                        passage=passage.id,
                        article=passage.article_id,
                        title=title,
                        body=text,
                    )
                )

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove every passage of these articles; `commit` makes it so."""
        with _as_os_error():
            for article_id in article_ids:
                self._writing().delete_documents_by_term("article", article_id)

    def commit(self) -> None:
        with _as_os_error():
            self._writing().commit()
            self._index.reload()

    def search(self, text: str, k: int) -> list[tuple[Passage, float]]:
        """The k best passages for any of the text's content words, with BM25 scores above 0."""
        return self._hits(self._query(text), k)

    def search_among(
        self, passages: Sequence[Passage], text: str, k: int
    ) -> list[tuple[Passage, float]]:
        """As `search`, among these passages only."""
        these = tantivy.Query.term_set_query(
            self._index.schema, "passage", [passage.id for passage in passages]
        )
        without_score = tantivy.Query.const_score_query(these, 0.0)
        both = [(tantivy.Occur.Must, self._query(text)), (tantivy.Occur.Must, without_score)]
        return self._hits(tantivy.Query.boolean_query(both), k)

    def _query(self, text: str) -> tantivy.Query:
        terms = [
            (tantivy.Occur.Should, self._term(field, stem))
            for stem in dict.fromkeys(stems(text))
            for field in ("body", "title")
        ]
        # Made of terms, not parsed: a question is full of what a query language gives meaning to.
        return tantivy.Query.boolean_query(terms)

    def _hits(self, query: tantivy.Query, k: int) -> list[tuple[Passage, float]]:
        searcher = self._index.searcher()
        found = []
        for score, address in searcher.search(query, limit=k, count=False).hits:
            passage_id = searcher.doc(address).get_first("passage")
            found.append((Passage.of(str(passage_id)), float(score)))
        return found

    def _term(self, field: str, stem: str) -> tantivy.Query:
        query = tantivy.Query.term_query(self._index.schema, field, stem, index_option="freq")
        return query if field == "body" else tantivy.Query.boost_query(query, TITLE_BOOST)

    def rarity(self, stem: str) -> float:
        """Inverse document frequency as in BM25: 0 for a stem in every passage, more the rarer.

        https://www.staff.city.ac.uk/~sbrp622/papers/foundations_bm25_review.pdf, eq. 3.7, plus 1
        within the logarithm to stay positive, as Lucene and Tantivy have it.
        """
        searcher = self._index.searcher()
        total, holding = searcher.num_docs, searcher.doc_freq("body", stem)
        return math.log(1 + (total - holding + 0.5) / (holding + 0.5))

    def rarest(self, text: str) -> float:
        """The rarity of the rarest of a text's stems; 0 for a text without any."""
        return max(map(self.rarity, stems(text)), default=0.0)

    def count(self) -> int:
        return self._index.searcher().num_docs

    def ids(self) -> Iterator[str]:
        """The id of every passage here; one that is here twice is given twice."""
        searcher = self._index.searcher()
        every = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs))
        for _, address in every.hits:
            yield str(searcher.doc(address).get_first("passage"))

    def end_writing(self) -> None:
        """Give Tantivy's own lock back, so that another process may write."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(_WRITER_MEMORY, num_threads=1)
        return self._writer


def _opened(folder: Path) -> tantivy.Index:
    folder.mkdir(parents=True, exist_ok=True)
    with _as_os_error():
        index = tantivy.Index(_schema(), path=str(folder), reuse=True)
    index.register_tokenizer(_ANALYSER, _analyser())
    return index


def content_words(text: str) -> list[str]:
    """The words of a text that say what it is about, in order, in lower case.

    >>> content_words("Who shut the gates at Oakes' mill?")
    ['shut', 'gates', 'oakes', 'mill']
    """
    words = (match[0].lower().replace("\u2019", "'") for match in _WORD.finditer(text))
    stripped = (word.removesuffix("'s") for word in words)
    return [word for word in stripped if word not in FUNCTION_WORDS]


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Tantivy reports a full or read-only disk as a ValueError."""
    try:
        yield
    except ValueError as error:
        raise OSError(str(error)) from error


def stems(text: str) -> list[str]:
    """The content words of a text as they are indexed.

    >>> stems("Who shut the gates?")
    ['shut', 'gate']
    """
    return list(_stemmer().analyze(" ".join(content_words(text))))


def places(words: str, text: str) -> list[Span]:
    """Where the content words of `words` stand in a text, in any of their forms.

    >>> places("gates", "Who shut the gate?")
    [(13, 17)]
    """
    wanted = set(stems(words))
    if not wanted:
        return []
    found = (word for word in _WORD.finditer(text) if wanted.intersection(stems(word[0])))
    return [word.span() for word in found]


@lru_cache(maxsize=1)
def _stemmer() -> tantivy.TextAnalyzer:
    return _analyser()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name=_ANALYSER, index_option="freq")
    builder.add_text_field("body", tokenizer_name=_ANALYSER, index_option="freq")
    return builder.build()


def _analyser() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )

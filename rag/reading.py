"""Reading the passages found: the model for spans, then words and meaning for sentences."""

from collections.abc import Sequence
from dataclasses import replace

from index.index import Index
from rag.answer import Kind, Question
from rag.findings import Findings
from rag.read import (
    FEWER_COMPARED,
    SENTENCES_COMPARED,
    Candidate,
    Rarity,
    SentenceReader,
    rarity_of,
    sentences_of,
)
from rag.reader.agree import Mention, agree
from rag.reader.choose import choose
from rag.reader.judge import signs
from rag.reader.model import ReaderModel, shipped
from rag.reader.order import order
from rag.results import SearchResult

READ = 10  # passages; twice as many take twice as long, and answer no more (docs/reader.md)
# The others ask for sentences, not for a few words.
SPAN_KINDS: frozenset[Kind] = frozenset({"fact", "who", "when", "where", "count"})


class Reader:
    """What a question's passages say, if anything. Threads may share it."""

    def __init__(self, index: Index, model: ReaderModel | None = None) -> None:
        self._index = index
        self._model = model or shipped()
        self._sentences = SentenceReader(index)

    def prepare(self) -> None:
        """Begin to load the model while the passages are searched for."""
        self._model.prepare()

    def read(self, question: Question, found: Sequence[SearchResult]) -> Findings:
        """
        Args:
            found: best first by retrieval.
        """
        rarity = rarity_of(question, self._index)
        if not found or question.kind not in SPAN_KINDS:
            return Findings(tuple(found), tuple(self._candidates(question, rarity, found)))
        read = found[:READ]
        readings = self._model.read(question.standalone, [result.excerpt for result in read])
        scores = [result.score for result in read]
        agreed = agree(question, zip(readings, scores, strict=True))
        proposals = choose(question, agreed, found, self._index)
        results = order(found, proposals)
        candidates = self._candidates(question, rarity, results, FEWER_COMPARED)
        if not proposals:
            return Findings(tuple(results), tuple(candidates))
        stating = stating_sentence(proposals[0].best, self._index)
        known = next((c for c in candidates if _same_place(c, stating)), stating)
        return Findings(
            tuple(results),
            tuple(_first(stating, candidates)),
            tuple(proposals),
            signs(question.kind, proposals[0], known.score, read, rarity),
        )

    def _candidates(
        self,
        question: Question,
        rarity: Rarity,
        found: Sequence[SearchResult],
        compared: int = SENTENCES_COMPARED,
    ) -> list[Candidate]:
        excerpts = [result.excerpt for result in found]
        return self._sentences.read(question, rarity, excerpts, compared)


def _first(stating: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    top = max((candidate.score for candidate in candidates), default=1.0)
    return [replace(stating, score=top), *(c for c in candidates if not _same_place(c, stating))]


def _same_place(one: Candidate, other: Candidate) -> bool:
    return one.excerpt.passage == other.excerpt.passage and one.start == other.start


def stating_sentence(mention: Mention, index: Index) -> Candidate:
    """The sentence of its passage in which a mention stands; its score is 0."""
    excerpt = mention.excerpt
    start, end = next(
        (span for span in sentences_of(excerpt, index) if span[0] <= mention.start < span[1]),
        (excerpt.passage.start, excerpt.passage.end),
    )
    return Candidate(excerpt, start, end, excerpt.slice(start, end), 0.0)

"""The chain: retrieve, drop copies, read, compose, verify. One core for every way of asking."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import perf_counter

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle

from index.article import Excerpt
from index.index import Index
from index.sentences import Span
from rag import abstain
from rag.answer import Answer, Citation, Piece, Question, Statement
from rag.compose import Line, compose
from rag.notes import notes
from rag.read import SentenceReader
from rag.retrieve import QuestionBundle, excerpts_of, question_of
from rag.verify import unsupported

NEAREST = 3  # passages shown when abstaining


class CitedQueryEngine(BaseQueryEngine):
    """LlamaIndex's query engine whose response carries an `Answer` as metadata["answer"]."""

    def __init__(
        self,
        index: Index,
        retriever: BaseRetriever,
        postprocessors: Sequence[BaseNodePostprocessor],
    ) -> None:
        super().__init__(callback_manager=CallbackManager())
        self._index = index
        self._retriever = retriever
        self._postprocessors = postprocessors
        self._reader = SentenceReader(index)

    def retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        nodes = self._retriever.retrieve(query_bundle)
        for postprocessor in self._postprocessors:
            nodes = postprocessor.postprocess_nodes(nodes, query_bundle=query_bundle)
        return nodes

    def stream(self, question: Question) -> Iterator[Piece]:
        """The answer as it is made; the last piece holds all of it."""
        clock = _Clock()
        yield Piece(stage="searching")
        excerpts = excerpts_of(self.retrieve(QuestionBundle.of(question)))
        clock.mark("searching")
        yield Piece(stage="reading")
        candidates = self._reader.read(question, excerpts)
        clock.mark("reading")
        if abstain.says_nothing(candidates):
            answer = self._abstention(question, excerpts)
        else:
            yield Piece(stage="checking")
            statements = []
            for statement in _statements(compose(candidates, self._index)):
                statements.append(statement)
                yield Piece(statement=statement)
            answer = _answer(question, statements)
            clock.mark("checking")
        remarks = notes(question, self._index.newest)
        yield Piece(answer=replace(answer, notes=remarks, timings=clock.timings()))

    def _abstention(self, question: Question, excerpts: Sequence[Excerpt]) -> Answer:
        nearest = tuple(
            _citation(number, excerpt, (excerpt.passage.start, excerpt.passage.end), excerpt.text)
            for number, excerpt in enumerate(excerpts[:NEAREST], start=1)
        )
        message = abstain.why(question, len(self._index.days), len(nearest))
        return Answer(question, abstained=True, message=message, nearest=nearest)

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = last(self.stream(question_of(query_bundle)))
        return Response(response=answer.text, metadata={"answer": answer})

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def last(pieces: Iterator[Piece]) -> Answer:
    """The answer that a stream ends with."""
    *_, end = pieces
    assert end.answer is not None
    return end.answer


def _statements(lines: Sequence[Line]) -> Iterator[Statement]:
    """Lines as statements, their citations numbered through."""
    number = 0
    for line in lines:
        citations = []
        spans = [(line.chosen.excerpt, line.span, line.text)]
        spans += [(c.excerpt, (c.start, c.end), c.text) for c in line.seconded_by]
        for excerpt, span, quote in spans:
            number += 1
            citations.append(_citation(number, excerpt, span, quote))
        verified = not unsupported(line.text, [citation.quote for citation in citations])
        yield Statement(line.text, tuple(citations), verified)


def _answer(question: Question, statements: Sequence[Statement]) -> Answer:
    citations = tuple(c for statement in statements for c in statement.citations)
    return Answer(question, statements=tuple(statements), citations=citations)


def _citation(number: int, excerpt: Excerpt, span: Span, quote: str) -> Citation:
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
    )


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._began = self._last = perf_counter()
        self._stages: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        now = perf_counter()
        self._stages[stage] = (now - self._last) * 1000
        self._last = now

    def timings(self) -> dict[str, float]:
        return self._stages | {"total": (perf_counter() - self._began) * 1000}

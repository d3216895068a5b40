"""The chain: retrieve, drop copies, read, compose. One core for every way of asking."""

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

from index.index import Index
from rag.abstain import abstention, says_nothing
from rag.answer import Answer, Piece, Question, Stage
from rag.composer import Composer
from rag.findings import Findings
from rag.follow_up import follow_ups
from rag.notes import notes
from rag.prints import with_prints
from rag.reader.model import ReaderModel
from rag.reading import Reader
from rag.results import SearchResult
from rag.retrieve import QuestionBundle, question_of, results_of


class CitedQueryEngine(BaseQueryEngine):
    """LlamaIndex's query engine whose response carries an `Answer` as metadata["answer"]."""

    def __init__(
        self,
        index: Index,
        retriever: BaseRetriever,
        postprocessors: Sequence[BaseNodePostprocessor],
        composer: Composer,
        reader: ReaderModel | None = None,
    ) -> None:
        super().__init__(callback_manager=CallbackManager())
        self._index = index
        self._retriever = retriever
        self._postprocessors = postprocessors
        self._reader = Reader(index, reader)
        self._composer = composer

    def retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        nodes = self._retriever.retrieve(query_bundle)
        for postprocessor in self._postprocessors:
            nodes = postprocessor.postprocess_nodes(nodes, query_bundle=query_bundle)
        return nodes

    def stream(self, question: Question) -> Iterator[Piece]:
        """The answer as it is made; the last piece holds all of it."""
        clock = _Clock()
        for piece in self._pieces(question):
            if piece.stage:
                clock.start(piece.stage)
            if piece.answer:
                remarks = (*notes(question, self._index), *piece.answer.notes)
                piece = Piece(answer=replace(piece.answer, notes=remarks, timings=clock.stop()))
            yield piece

    def findings(self, question: Question) -> Findings:
        """What an answer would be made from."""
        return self._reader.read(question, self._found(question))

    def _found(self, question: Question) -> list[SearchResult]:
        return results_of(self.retrieve(QuestionBundle.of(question)))

    def _pieces(self, question: Question) -> Iterator[Piece]:
        yield Piece(stage="searching")
        self._reader.prepare()
        found = self._found(question)
        yield Piece(stage="reading")
        findings = self._reader.read(question, found)
        if says_nothing(findings):
            yield Piece(answer=self._rounded(abstention(question, findings, self._index), found))
            return
        for piece in self._composer.write(question, findings):
            yield Piece(answer=self._rounded(piece.answer, found)) if piece.answer else piece

    def _rounded(self, answer: Answer, found: Sequence[SearchResult]) -> Answer:
        """The answer with the other prints of what it cites, and what to ask next."""
        answer = with_prints(answer, found, self._index)
        return replace(answer, follow_ups=follow_ups(answer, found, self._index))

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


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self._starts: dict[str, float] = {}

    def start(self, stage: Stage) -> None:
        self._starts[stage] = perf_counter()

    def stop(self) -> dict[str, float]:
        now = perf_counter()
        ends = [*self._starts.values(), now][1:]
        timings = {
            stage: (end - start) * 1000
            for (stage, start), end in zip(self._starts.items(), ends, strict=True)
        }
        return timings | {"total": (now - self._began) * 1000}

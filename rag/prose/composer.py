"""The composer that lets a language model write, and shows only what it cites."""

from collections.abc import Iterator
from dataclasses import replace

from llama_index.core.llms import LLM

from index.index import Index
from rag.abstain import abstention
from rag.answer import Answer, Piece, Question
from rag.cite import answer_of
from rag.composer import Composer
from rag.findings import Findings
from rag.prose.draft import Draft
from rag.prose.prompt import messages
from rag.prose.said import ModelFailed, said
from rag.prose.sentences import sentences

OWN_WORDS = "these are the articles' own sentences"


class ProseComposer:
    """A `Composer` by way of LlamaIndex's `LLM`.

    Args:
        otherwise: writes the answer where the model fails, or cites nothing.
    """

    def __init__(self, llm: LLM, index: Index, otherwise: Composer) -> None:
        self._llm = llm
        self._index = index
        self._otherwise = otherwise

    @property
    def name(self) -> str:
        return self._llm.metadata.model_name

    def write(self, question: Question, findings: Findings) -> Iterator[Piece]:
        yield Piece(stage="writing")
        passages = list(dict.fromkeys(candidate.excerpt for candidate in findings.candidates))
        draft = Draft(passages, self._index)
        problem = "wrote no sentence that cites its source"
        try:
            for sentence in sentences(said(self._llm, messages(question, passages))):
                if statement := draft.take(sentence):
                    yield Piece(statement=statement)
        except ModelFailed as failure:
            problem = f"did not answer ({failure})"
        else:
            if draft.statements:
                yield Piece(answer=self._answer(question, draft))
                return
            if draft.is_silent:
                answer = abstention(question, findings, self._index)
                yield Piece(answer=replace(answer, model=self.name, dropped=draft.dropped))
                return
        note = f"The language model {self.name} {problem}: {OWN_WORDS}."
        yield from _remarked(self._otherwise.write(question, findings), note, draft)

    def _answer(self, question: Question, draft: Draft) -> Answer:
        notes = [f"Written by the language model {self.name} from the passages cited."]
        if draft.dropped:
            notes.append(_left_out(draft.dropped))
        answer = answer_of(question, draft.statements)
        return replace(answer, model=self.name, dropped=draft.dropped, notes=tuple(notes))


def _remarked(pieces: Iterator[Piece], note: str, draft: Draft) -> Iterator[Piece]:
    for piece in pieces:
        if piece.answer:
            notes = (note, *piece.answer.notes)
            piece = Piece(answer=replace(piece.answer, notes=notes, dropped=draft.dropped))
        yield piece


def _left_out(dropped: int) -> str:
    if dropped == 1:
        return "1 sentence of the model's answer cited nothing and was left out."
    return f"{dropped} sentences of the model's answer cited nothing and were left out."

"""A real language model, if a tiny one: random weights made on the spot, asked over HTTP."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from scripted import NAME, Script, serving

from rag import Archive
from rag.llm import load_llm

pytestmark = pytest.mark.slow  # importing torch and transformers takes most of it

QUESTION = "Who resigned as minister?"
AS_OF = "2020-06-30"
PROMPT_BYTES = 400  # of its end that the model reads
REPLY_BYTES = 300


@pytest.fixture(scope="module")
def babble() -> Callable[[str], str]:
    """What a Llama of two layers, which reads bytes and has learnt nothing, makes of a prompt."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=256,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=1024,
        bos_token_id=None,
        eos_token_id=None,
        pad_token_id=0,
    )
    model: Any = LlamaForCausalLM(config)

    def reply(prompt: str) -> str:
        read = torch.tensor([list(prompt.encode()[-PROMPT_BYTES:])])
        made = model.generate(
            read,
            attention_mask=torch.ones_like(read),
            max_new_tokens=REPLY_BYTES,
            do_sample=True,
            top_k=0,
        )
        return bytes(made[0, read.shape[1] :].tolist()).decode(errors="replace")

    return reply


@pytest.fixture
def script(babble: Callable[[str], str]) -> Script:
    return Script(reply=babble)


@pytest.fixture
def written(sample: Archive, script: Script) -> Iterator[Archive]:
    with serving(script) as address:
        yield sample.written_by(load_llm(f"{address}#{NAME}"))


def test_babble_gives_way_to_the_articles_own_sentences_and_says_so(
    written: Archive, sample: Archive, script: Script
) -> None:
    answer = written.ask(QUESTION, as_of=AS_OF)
    assert len(script.prompts) == 1
    assert answer.model is None
    assert any("cites its source: these are the articles' own" in note for note in answer.notes)
    assert answer.statements == sample.ask(QUESTION, as_of=AS_OF).statements


def test_babble_that_happens_to_cite_is_marked(
    written: Archive, script: Script, babble: Callable[[str], str]
) -> None:
    script.reply = lambda prompt: f"Zx {' '.join(re.findall('[a-z]+', babble(prompt)))}. [1]"
    answer = written.ask(QUESTION, as_of=AS_OF)
    assert answer.model == NAME and answer.statements
    assert all(statement.citations for statement in answer.statements)
    assert not any(statement.verified for statement in answer.statements)

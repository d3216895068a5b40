"""Which language model: an address in one line, made into LlamaIndex's `LLM`."""

from typing import TYPE_CHECKING

from rag.llm.ollama import local_model as local_model
from rag.llm.ollama import ollama
from rag.llm.openai_like import openai_like
from rag.llm.server import MOST_SILENCE, ModelUnusable

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


def load_llm(address: str, silence: float = MOST_SILENCE) -> "LLM":
    """The model at an address; asks there whether it has it.

    Args:
        address: "ollama:NAME" for a model of the Ollama on this machine; or the address of any
            OpenAI-compatible server with the model's name behind a #, such as
            "http://127.0.0.1:8000/v1#NAME"; without a name, the only model there.
        silence: seconds without a word after which an answer is given up.

    Raises:
        ModelUnusable: nothing answers at the address, it has no such model, or the packages
            that talk to it are not installed.
    """
    kind, _, name = address.partition(":")
    if kind == "ollama" and name:
        return ollama(name, silence)
    if kind in ("http", "https") and name.startswith("//"):
        return openai_like(address, silence)
    raise ModelUnusable(
        f"'{address}' is no language model's address",
        "write ollama:NAME, or http://HOST:PORT/v1#NAME",
    )

"""The Ollama of this machine, or of the one that OLLAMA_HOST names."""

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rag.llm.server import (
    ANSWER_TOKENS,
    CHECK_SECONDS,
    CONTEXT_TOKENS,
    ModelUnusable,
    check_name,
    installed,
    is_loopback,
    listed,
    names_in,
    require,
)

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

PORT = 11434
PROBE_SECONDS = 0.3


def ollama(name: str, silence: float) -> "LLM":
    """A model that Ollama has, by the name that it has there; raises as `load_llm` does."""
    require("ollama")
    host = _host()
    check_name(name, _names(host, CHECK_SECONDS), host, f"ollama pull {name}")

    from httpx import Limits
    from llama_index.llms.ollama import Ollama
    from ollama import Client

    limits = Limits(max_keepalive_connections=0)  # nobody closes the client
    llm: LLM = Ollama(
        model=name,
        client=Client(host, timeout=silence, trust_env=not is_loopback(host), limits=limits),
        temperature=0.0,
        context_window=CONTEXT_TOKENS,
        additional_kwargs={"num_predict": ANSWER_TOKENS},
    )
    return llm


def local_model() -> str | None:
    """The address of the newest model of an Ollama on this machine; None if there is none.

    Asks no other machine, and waits 0.3 seconds at most.
    """
    host = _host()
    if not is_loopback(host) or not installed("ollama"):
        return None
    try:
        names = _names(host, PROBE_SECONDS)
    except ModelUnusable:
        return None
    return f"ollama:{names[0]}" if names else None


def _host() -> str:
    """OLLAMA_HOST as its client reads it; an Ollama that listens everywhere is here, too."""
    given = os.environ.get("OLLAMA_HOST", "").strip() or "127.0.0.1"
    parts = urlsplit(given if "://" in given else f"http://{given}")
    name = "127.0.0.1" if parts.hostname in (None, "0.0.0.0") else parts.hostname
    return f"{parts.scheme}://{name}:{parts.port or PORT}"


def _names(host: str, seconds: float) -> list[str]:
    """The models that Ollama has, newest first, without those that only embed."""
    found = names_in(listed(f"{host}/api/tags", seconds), "models", "name")
    return [name for name in found if "embed" not in name]

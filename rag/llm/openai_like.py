"""Any server that speaks OpenAI's protocol."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

from rag.llm.server import (
    ANSWER_TOKENS,
    CHECK_SECONDS,
    CONTEXT_TOKENS,
    KEY,
    ModelUnusable,
    check_name,
    is_loopback,
    listed,
    names_in,
    require,
)

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


def openai_like(address: str, silence: float) -> "LLM":
    """The model of "http://HOST:PORT/v1#NAME"; raises as `load_llm` does."""
    require("openai_like")
    base, name = urldefrag(address)
    base = base.rstrip("/")
    names = names_in(listed(f"{base}/models", CHECK_SECONDS, os.environ.get(KEY)), "data", "id")
    if not name:
        name = _only(names, base)
    check_name(name, names, base, f"it has {', '.join(names[:5])}")
    return _client(base, name, silence)


def _client(base: str, name: str, silence: float) -> "LLM":
    from httpx import Client, Limits
    from llama_index.llms.openai_like import OpenAILike

    # Nobody closes the client, so it keeps no connection open.
    limits = Limits(max_keepalive_connections=0)
    # The class's type leaves this argument out.
    client: dict[str, Any] = {"http_client": Client(trust_env=not is_loopback(base), limits=limits)}
    llm: LLM = OpenAILike(
        model=name,
        api_base=base,
        # Never None: the client would then send OPENAI_API_KEY, whoever's address this is.
        api_key=os.environ.get(KEY) or "none",
        is_chat_model=True,
        temperature=0.0,
        max_tokens=ANSWER_TOKENS,
        context_window=CONTEXT_TOKENS,
        timeout=silence,
        max_retries=0,  # a person is waiting, and the extractive answer is there
        **client,
    )
    return llm


def _only(names: Sequence[str], base: str) -> str:
    if len(names) == 1:
        return names[0]
    known = ", ".join(names[:5]) or "none by name"
    raise ModelUnusable(f"{base} has several models or none ({known})", f"write {base}#NAME")

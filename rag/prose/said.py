"""A model's words as they come, and what is said when it fails."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from time import monotonic

from llama_index.core.llms import LLM, ChatMessage

MOST_SECONDS = 180.0
MOST_CHARACTERS = 20_000  # a model that goes round in circles is stopped

# Each client library has exceptions of its own, with no root in common.
_ROOTS = {"openai": "OpenAIError", "ollama": "ResponseError", "httpx": "HTTPError"}
_NONSENSE = (ValueError, LookupError, TypeError, AttributeError)


class ModelFailed(Exception):
    """The model could not be reached, took too long, or made no sense; says which, in words."""


def said(
    llm: LLM, messages: Sequence[ChatMessage], most_seconds: float = MOST_SECONDS
) -> Iterator[str]:
    """The reply, piece by piece.

    Raises:
        ModelFailed: in place of whatever the model's client raises.
    """
    deadline = monotonic() + most_seconds
    length = 0
    try:
        with closing(llm.stream_chat(messages)) as reply:
            for response in reply:
                length += len(response.delta or "")
                if monotonic() > deadline:
                    raise TimeoutError
                if length > MOST_CHARACTERS:
                    return
                yield response.delta or ""
    except _failures() as error:
        raise ModelFailed(_why(error)) from error


def _failures() -> tuple[type[Exception], ...]:
    loaded = sys.modules
    roots = [getattr(loaded[name], root) for name, root in _ROOTS.items() if name in loaded]
    return (OSError, RuntimeError, *_NONSENSE, *roots)


def _why(error: Exception) -> str:
    """In our words: a server's own could repeat the key, or anything."""
    status = getattr(error, "status_code", -1)
    if status > 0:
        return f"it answered with HTTP status {status}"
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return "it timed out"
    if isinstance(error, _NONSENSE):
        return "its reply made no sense"
    return "the connection to it broke"

"""What a server of language models says that it has."""

import json
from collections.abc import Sequence
from http.client import HTTPException
from importlib.util import find_spec
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from index.errors import DatelineError

KEY = "DATELINE_LLM_KEY"  # the environment variable
MOST_SILENCE = 60.0  # seconds without a word, after which a model is given up
ANSWER_TOKENS = 600
CONTEXT_TOKENS = 8192  # eight passages and an answer; Ollama would cut the passages off at fewer
CHECK_SECONDS = 5.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ModelUnusable(DatelineError):
    """A language model that is not there, or cannot be used from here."""


def listed(url: str, seconds: float, key: str | None = None) -> Any:
    """What a server says it has; None where it answers but does not say."""
    request = Request(url)
    if key:
        request.add_unredirected_header("Authorization", f"Bearer {key}")
    # No proxy stands between this machine and itself.
    opener = build_opener(*([ProxyHandler({})] if is_loopback(url) else []))
    try:
        with opener.open(request, timeout=seconds) as reply:
            return json.load(reply)
    except HTTPError as error:
        error.close()
        if error.code in (401, 403):
            raise ModelUnusable(f"{url} refuses the key", f"set {KEY}") from None
        return None
    except (OSError, HTTPException) as error:
        raise ModelUnusable(f"no language model answers at {url}", "start it first") from error
    except ValueError:  # not JSON
        return None


def names_in(listed: Any, field: str, name: str) -> list[str]:
    """The names in `{field: [{name: …}]}`; none if it is something else."""
    models = listed.get(field) if isinstance(listed, dict) else None
    if not isinstance(models, list):
        return []
    return [str(model[name]) for model in models if isinstance(model, dict) and name in model]


def check_name(name: str, names: Sequence[str], base: str, cure: str) -> None:
    """A server that lists nothing may still have the model."""
    if names and name not in names and f"{name}:latest" not in names:
        raise ModelUnusable(f"there is no language model '{name}' at {base}", cure)


def require(package: str) -> None:
    if not installed(package):
        raise ModelUnusable(
            "the packages that talk to language models are not installed",
            'pip install "dateline[llm]"',
        )


def installed(package: str) -> bool:
    return find_spec("llama_index.llms") is not None and (
        find_spec(f"llama_index.llms.{package}") is not None
    )


def is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in _LOOPBACK

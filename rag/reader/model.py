"""The reader's model on onnxruntime, without torch."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import onnxruntime

from index.article import Excerpt
from index.encoder.onnx import open_session
from index.errors import DatelineError
from rag.reader.inputs import make_input
from rag.reader.spans import ScoredSpan, best_spans, nothing

FILE = Path(__file__).parent / "weights" / "reader-int8.onnx"
SHA256 = "1632c5de12d785e9300e6d385270acaedfc61bf72cb0a3e8c7dba49aa3c37bd3"


class ReaderUnusable(DatelineError):
    """The reader's file is missing, altered or not what onnxruntime reads."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of one passage.

    Attributes:
        spans: that may answer, best first, in characters of the excerpt's text.
        nothing: the score of there being no answer, to compare with theirs.
    """

    excerpt: Excerpt
    spans: tuple[ScoredSpan, ...]
    nothing: float

    @property
    def margin(self) -> float:
        """How far the best span's score lies above there being no answer."""
        return self.spans[0].score - self.nothing


@cache
def shipped() -> "ReaderModel":
    """The model that comes with Dateline, once a process."""
    return ReaderModel(FILE, SHA256)


class ReaderModel:
    """One session, run by one thread a core; threads may share it."""

    def __init__(self, file: Path, sha256: str | None = None) -> None:
        self._file = file
        self._sha256 = sha256

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """One reading an excerpt, in the order given."""
        session = self._session.result()

        def read_one(excerpt: Excerpt) -> Reading:
            one = make_input(question, excerpt.title, excerpt.text)
            # Alone: int8 scales all that a batch holds by its largest value, so that a reading
            # would depend on its neighbours (docs/decisions/int8.md).
            starts, ends = session.run(
                None,
                {
                    "input_ids": np.array(one.ids, dtype=np.int64),
                    "token_type_ids": np.array(one.types, dtype=np.int64),
                },
            )
            spans = best_spans(one, starts, ends)
            return Reading(excerpt, tuple(spans), nothing(starts, ends))

        return list(self._pool.map(read_one, excerpts))

    def prepare(self) -> None:
        """Begin to load the model, which takes 0.1 s, while something else goes on."""
        _ = self._session

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="read")

    @cached_property
    def _session(self) -> Future[onnxruntime.InferenceSession]:
        return self._pool.submit(lambda: open_session(self._checked()))

    def _checked(self) -> bytes:
        """The file's content, which must be what was shipped."""
        try:
            content = self._file.read_bytes()
        except OSError as error:
            raise ReaderUnusable(
                f"the reader's model {self._file} cannot be read ({error.strerror})", CURE
            ) from error
        found = hashlib.sha256(content).hexdigest()
        if self._sha256 and found != self._sha256:
            raise ReaderUnusable(
                f"{self._file} has SHA-256 {found[:12]}…, not {self._sha256[:12]}…", CURE
            )
        return content


CURE = "install Dateline anew: pip install --force-reinstall --no-deps dateline"

"""The default encoder: all-MiniLM-L6-v2 on onnxruntime, without torch.

Its weights are 8-bit integers, which doubles its speed and loses nothing that retrieval notices
(docs/decisions/int8.md); `OnnxEncoder("fp32")` has them whole.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import (
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
)

from index.encoder import Vectors, weights
from index.encoder.weights import Precision
from index.errors import EncoderUnusable

MAX_TOKENS = 256  # what the model was trained on, by its model card
# The vectors of the two differ, so an archive made with one is not asked with the other.
NAMES: dict[Precision, str] = {"int8": f"{weights.NAME}-int8", "fp32": weights.NAME}


class OnnxEncoder:
    """One graph, run by one thread a core.

    >>> OnnxEncoder().encode(["The lines went quiet."]).shape
    (1, 384)
    """

    dimension = weights.DIMENSION

    def __init__(self, precision: Precision = "int8") -> None:
        self._precision = precision
        self.name = NAMES[precision]
        self._tokenizer = weights.tokenizer()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._file = weights.onnx_file(precision)
        self._pool = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="encode")
        # It takes 0.1 s, in which Python is free to open the rest of an archive.
        self._loading = self._pool.submit(self._load) if self._file.exists() else None

    def _session(self) -> onnxruntime.InferenceSession:
        if self._loading is None:
            _export_apart(self._precision)
            self._loading = self._pool.submit(self._load)
        return self._loading.result()

    def _load(self) -> onnxruntime.InferenceSession:
        try:
            return open_session(self._file)
        except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf) as error:
            raise EncoderUnusable(
                f"{self._file} cannot be loaded ({str(error).splitlines()[0]})",
                "delete it, and it is exported anew",
            ) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        session = self._session()
        encodings = self._tokenizer.encode_batch(list(texts))

        def run(row: int) -> None:
            # Alone: int8 scales all that a batch holds by its largest value, so that a vector would
            # depend on its neighbours; and it is the faster way (docs/decisions/int8.md).
            ids = np.array(encodings[row].ids, dtype=np.int64)
            vectors[row] = session.run(None, {"input_ids": ids})[0]

        if len(texts) == 1:
            run(0)
        else:
            list(self._pool.map(run, range(len(texts))))
        return vectors


def open_session(model: Path | bytes) -> onnxruntime.InferenceSession:
    """One thread a run; runs of several threads share the session and its memory."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _export_apart(precision: Precision) -> None:
    """Export in a process of its own: torch's half gigabyte leaves with it."""
    sys.stderr.write(f"Exporting the sentence encoder {weights.NAME}, once (about 10 s)…\n")
    done = subprocess.run(
        [sys.executable, "-m", "index.encoder.export", precision],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise EncoderUnusable(
            f"the sentence encoder could not be exported ({last})",
            f"run `python -m index.encoder.export {precision}` to see why",
        )

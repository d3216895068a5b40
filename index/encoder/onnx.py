"""The default encoder: all-MiniLM-L6-v2 on onnxruntime, without torch."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from index.encoder import Vectors, weights
from index.errors import EncoderUnusable

MAX_TOKENS = 256  # what the model was trained on, by its model card
BATCH = 4  # on a CPU, small batches of like length are fastest; see docs/decisions


class OnnxEncoder:
    """One graph, run by one thread a core.

    >>> OnnxEncoder().encode(["The lines went quiet."]).shape
    (1, 384)
    """

    name = weights.NAME
    dimension = weights.DIMENSION

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_file(str(weights.tokenizer_file()))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        file = weights.onnx_file()
        if not file.exists():
            _export_apart()
        options = onnxruntime.SessionOptions()
        # One thread a run; runs of several threads share the session and its memory.
        options.intra_op_num_threads = 1
        try:
            return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's errors share no base class but this
            raise EncoderUnusable(
                f"{file} cannot be loaded ({str(error).splitlines()[0]})",
                "delete it, and it is exported anew",
            ) from error

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="encode")

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        # Texts of like length side by side: padding is work thrown away.
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        session = self._session

        def run(batch: list[int]) -> None:
            vectors[batch] = session.run(None, _inputs([encodings[i] for i in batch]))[0]

        if len(batches) == 1:
            run(batches[0])
        else:
            list(self._pool.map(run, batches))
        return vectors


def _inputs(encodings: list[Encoding]) -> dict[str, np.ndarray]:
    width = max(len(encoding.ids) for encoding in encodings)
    ids = np.zeros((len(encodings), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def _export_apart() -> None:
    """Export in a process of its own: torch's half gigabyte leaves with it."""
    sys.stderr.write(f"Exporting the sentence encoder {weights.NAME}, once (about 10 s)…\n")
    done = subprocess.run(
        [sys.executable, "-m", "index.encoder.export"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise EncoderUnusable(
            f"the sentence encoder could not be exported ({last})",
            "run `python -m index.encoder.export` to see why",
        )

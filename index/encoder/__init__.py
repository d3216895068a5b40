"""Sentence encoders: text in, unit vectors out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """What the archive asks of an encoder.

    Attributes:
        name: recorded in every archive made with it; `load_encoder(name)` gives it again.
        dimension: length of a vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Float32 array of shape (len(texts), dimension); every row has length 1."""
        ...


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder of that name: the default one, or any sentence-transformers model.

    Raises:
        EncoderUnusable: its files are missing or altered.
    """
    from index.encoder.onnx import NAMES, OnnxEncoder

    for precision, known in NAMES.items():
        if name in (None, known):  # the first is the default
            return OnnxEncoder(precision)
    assert name is not None
    from index.encoder.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name)

"""What tests share: a home of their own, an encoder of a few lines, and the sample archive."""

import os
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoder import Vectors

if TYPE_CHECKING:
    from rag.archive import Archive

# Before anything asks for it: no test reads or writes the user's own archives.
_HOME = tempfile.TemporaryDirectory(prefix="dateline-tests-")
os.environ["DATELINE_HOME"] = _HOME.name
os.environ.pop("COLUMNS", None)


@cache
def _direction(word: str, dimension: int) -> NDArray[np.float64]:
    return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(dimension)


class WordEncoder:
    """A real encoder in miniature: every word has a fixed direction, a text is their sum."""

    name = "words"
    dimension = 64

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                vectors[row] += _direction(word, self.dimension)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file into a folder of articles; gives the folder back."""
    folder = tmp_path / "articles"

    def write(name: str, text: str) -> Path:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of exported models, with the default encoder in it."""
    from index.encoder import load_encoder

    load_encoder().encode(["exported on first use"])
    return Path(_HOME.name) / "models"


@pytest.fixture(scope="session")
def sample() -> "Iterator[Archive]":
    from eval.sample import open_sample

    with open_sample() as archive:
        yield archive

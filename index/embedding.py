"""Texts to vectors: the port, and what stands behind it.

The packaged model runs in onnxruntime, which loads in a third of a second; any other in
sentence-transformers, which takes some eight, and is the reference that the tests compare with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.checked import Digest, file_digest
from index.weights import DEFAULT_MODEL


class Embedder(Protocol):
    """Turns texts into vectors. Safe to share between threads."""

    @property
    def fingerprint(self) -> str:
        """Names the model and its weights: vectors of different fingerprints never compare."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape `(len(texts), dimension)`, float32, unit norm, row i for `texts[i]`."""


def open_embedder(model: str | None = None, digest: Digest = file_digest) -> Embedder:
    """The model of this name or path; without one, the model that ships.

    Its fingerprint is known at once, by the `digest` of its files; its weights are loaded when the
    first text is embedded.

    Raises:
        ModelMissingError: the model is not on this machine.
        ModelDigestError: the packaged weights are not the published ones.
    """
    if model in (None, DEFAULT_MODEL):
        from index.onnx_embedding import OnnxEmbedder  # noqa: PLC0415 - one of two is needed

        return OnnxEmbedder(digest=digest)
    from index.reference_embedding import SentenceTransformerEmbedder  # noqa: PLC0415

    return SentenceTransformerEmbedder(model, digest)

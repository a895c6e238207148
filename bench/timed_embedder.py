"""An embedder that tells what is spent on it, around any other."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder


@dataclass
class TimedEmbedder:
    """An embedder that counts its calls, the texts it is given, and the seconds that it takes."""

    inner: Embedder
    calls: int = 0
    texts: int = 0
    seconds: float = 0.0

    @property
    def fingerprint(self) -> str:
        """That of the embedder inside."""
        return self.inner.fingerprint

    @property
    def dimension(self) -> int:
        """That of the embedder inside."""
        return self.inner.dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of the embedder inside."""
        started = time.perf_counter()
        vectors = self.inner.embed(texts)
        self.calls += 1
        self.texts += len(texts)
        self.seconds += time.perf_counter() - started
        return vectors

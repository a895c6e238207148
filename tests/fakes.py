"""Deterministic stand-ins for the slow parts, small enough to read at a glance."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.models import Meaning, ParsedDocument, Passage
from corpus.words import content_stems


class FakeEmbedder:
    """Fulfils `index.embedding.Embedder` without a model: texts that share words are near.

    A text's direction is the sum of its content stems' directions, and those are seeded by SHA-256,
    so equal texts give equal vectors on every machine and in every run.
    """

    def __init__(self, fingerprint: str = "fake@1", dimension: int = 64) -> None:
        self._fingerprint = fingerprint
        self._dimension = dimension

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    @property
    def dimension(self) -> int:
        return self._dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape `(len(texts), dimension)`, float32, unit norm, row i for `texts[i]`."""
        vectors = np.empty((len(texts), self._dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            # A text without content words still needs a direction: its own.
            stems = content_stems(text) or [text]
            direction = np.sum([_direction(stem, self._dimension) for stem in stems], axis=0)
            vectors[row] = direction / np.linalg.norm(direction)
        return vectors


class FakeMeanings:
    """Fulfils `service.ports.Meanings` without a model: a passage means its first word."""

    def told(self, parsed: ParsedDocument) -> ParsedDocument:
        passages = tuple(
            passage.model_copy(update={"meanings": (self._meaning(passage),)})
            for passage in parsed.passages
        )
        return parsed.model_copy(update={"passages": passages})

    def meant_by(self, phrase: str) -> Sequence[tuple[str, float]]:
        return [(phrase, 1.0)]

    def _meaning(self, passage: Passage) -> Meaning:
        return Meaning(
            start=passage.start, end=passage.end, term=passage.text.split()[0], score=0.75
        )


@lru_cache(maxsize=10_000)
def _direction(stem: str, dimension: int) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:8])
    return np.random.default_rng(seed).standard_normal(dimension)

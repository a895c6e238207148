"""The vectors of a corpus: those of texts that are held are taken over, the others are made.

A text is known by its digest, so it keeps its vector wherever it moves: to another file, another
section, another version of the chunker. Only the model must be the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.errors import BrokenGenerationError, EmbedderError
from index.layout import STORE, VECTORS
from index.manifest import Fingerprint, check_files, read_manifest
from index.store import Store, text_digest
from index.vectors import Vectors

Progress = Callable[[int, int], None]
"""Called with the texts embedded so far and those that have to be."""

_AT_ONCE = 1_024
"""Texts embedded between two calls of progress; long enough for batches of like length."""

_NORM_TOLERANCE = 1e-3


class Rows(Protocol):
    """Vectors that are held."""

    def of_rows(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these rows, shape `(len(rows), dimension)`."""


@dataclass(frozen=True)
class Known:
    """Vectors by the digest of their text."""

    rows: Mapping[bytes, int]
    vectors: Rows | None = None

    def fill(self, digests: Sequence[bytes], into: NDArray[np.float32]) -> None:
        """Copies the vectors of the digests that are known into their rows."""
        places = [place for place, digest in enumerate(digests) if digest in self.rows]
        if self.vectors is not None and places:
            into[places] = self.vectors.of_rows([self.rows[digests[place]] for place in places])


NOTHING_KNOWN = Known({})


def known_in(folder: Path, wanted: Fingerprint) -> Known:
    """The vectors of a generation; none where another model made it, or where it isn't whole."""
    try:
        manifest = read_manifest(folder)
        made_alike = manifest.fingerprint.model_copy(update={"chunker": wanted.chunker})
        if made_alike != wanted:
            return NOTHING_KNOWN
        check_files(folder, manifest)
        return Known(Store(folder / STORE).text_digests(), Vectors(folder / VECTORS))
    except (BrokenGenerationError, OSError, RuntimeError, sqlite3.Error):
        return NOTHING_KNOWN


def vectors_of(
    texts: Sequence[str], known: Known, embedder: Embedder, on_progress: Progress | None
) -> NDArray[np.float32]:
    """Shape `(len(texts), dimension)`, unit norm; each text that isn't known is embedded once.

    Raises:
        EmbedderError: the model fails, or gives no vectors of unit length.
    """
    digests = [text_digest(text) for text in texts]
    made = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    known.fill(digests, made)
    new = {digest: text for digest, text in zip(digests, texts, strict=True)
           if digest not in known.rows}  # fmt: skip
    fresh = dict(zip(new, _embedded(list(new.values()), embedder, on_progress), strict=True))
    for row, digest in enumerate(digests):
        if digest in fresh:
            made[row] = fresh[digest]
    return made


def _embedded(
    texts: Sequence[str], embedder: Embedder, on_progress: Progress | None
) -> NDArray[np.float32]:
    made = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    for first in range(0, len(texts), _AT_ONCE):
        batch = texts[first : first + _AT_ONCE]
        made[first : first + len(batch)] = _checked(embedder.embed(batch), len(batch), embedder)
        if on_progress is not None:
            on_progress(first + len(batch), len(texts))
    return made


def _checked(made: NDArray[np.float32], texts: int, embedder: Embedder) -> NDArray[np.float32]:
    """The vectors, if they are what a cosine needs."""
    if made.shape != (texts, embedder.dimension):
        raise EmbedderError(
            f"The model {embedder.fingerprint} gave vectors of shape {made.shape} for {texts} texts"
            f" of dimension {embedder.dimension}: use another model."
        )
    if not np.allclose(np.linalg.norm(made, axis=1), 1.0, atol=_NORM_TOLERANCE):
        raise EmbedderError(
            f"The model {embedder.fingerprint} gave vectors that aren't of unit length: "
            f"use another model."
        )
    return made

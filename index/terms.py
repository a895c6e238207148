"""The glossary's terms as vectors: which of them a phrase comes nearest to in meaning.

They are embedded once for a model and a list of terms, and kept in the data directory beside the
generations, which don't depend on them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder

_BATCH = 256
"""Terms embedded between two reports of progress."""
_NEAREST = 10

Progress = Callable[[int, int], None]


class TermVectors:
    """Terms and their vectors; shape of `vectors`: (terms, dimension), float32, unit norm."""

    def __init__(self, terms: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self._terms = terms
        self._vectors = vectors

    def nearest(self, vector: NDArray[np.float32]) -> tuple[tuple[str, float], ...]:
        """The terms nearest to a unit vector with their cosines, best first, ties in order."""
        if not self._terms:
            return ()
        cosines = self._vectors @ vector
        count = min(_NEAREST, len(self._terms))
        nearest = np.argpartition(-cosines, count - 1)[:count]
        order = sorted(nearest.tolist(), key=lambda row: (-cosines[row], row))
        return tuple((self._terms[row], float(cosines[row])) for row in order)


def load_terms(
    data_dir: Path,
    terms: Sequence[str],
    embedder: Embedder,
    on_progress: Progress | None = None,
) -> TermVectors:
    """The vectors of these terms, from the data directory or else made and kept there.

    A directory that can't be written, or a file that is damaged, costs the time to make them again.
    """
    kept = data_dir / f"terms-{_digest(terms, embedder)}.npy"
    vectors = _read(kept, (len(terms), embedder.dimension))
    if vectors is None:
        vectors = _embedded(terms, embedder, on_progress)
        _keep(kept, vectors)
    return TermVectors(terms, vectors)


def _digest(terms: Sequence[str], embedder: Embedder) -> str:
    named = json.dumps([embedder.fingerprint, list(terms)])
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def _read(path: Path, shape: tuple[int, int]) -> NDArray[np.float32] | None:
    try:
        vectors: NDArray[np.float32] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return vectors if vectors.shape == shape and vectors.dtype == np.float32 else None


def _embedded(
    terms: Sequence[str], embedder: Embedder, on_progress: Progress | None
) -> NDArray[np.float32]:
    vectors = np.empty((len(terms), embedder.dimension), dtype=np.float32)
    for start in range(0, len(terms), _BATCH):
        batch = terms[start : start + _BATCH]
        vectors[start : start + len(batch)] = embedder.embed(batch)
        if on_progress:
            on_progress(start + len(batch), len(terms))
    return vectors


def _keep(path: Path, vectors: NDArray[np.float32]) -> None:
    """Writes the file in one step, or not at all; older ones of the same kind go."""
    fresh = path.with_name(f".{path.name}")
    try:
        with fresh.open("wb") as file:
            np.save(file, vectors, allow_pickle=False)
        fresh.replace(path)
        for old in path.parent.glob("terms-*.npy"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        # Nothing depends on the file: without it the next start takes longer.
        fresh.unlink(missing_ok=True)

"""Passage vectors in FAISS: exact inner products, memory-mapped.

The vectors have unit norm, so an inner product is a cosine. One pass gives the scores of all rows;
what a plan's best passages are is then a matter of slicing, never of one query a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
"""Shape (rows,): True where a row is in scope."""


def write(path: Path, vectors: NDArray[np.float32]) -> None:
    """Writes vectors of shape (rows, dimension), float32, unit norm.

    Raises:
        OSError: the disk is full, or can't be written.
    """
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    # FAISS's own file writer doesn't notice a disk that fills up at the last flush; Python's does.
    with path.open("wb") as file:
        writer = faiss.PyCallbackIOWriter(file.write)  # type: ignore[attr-defined]
        faiss.write_index(index, writer)


class Vectors:
    """Vectors open for reading. Safe to share between threads.

    Raises:
        RuntimeError: the file is no FAISS index.
    """

    def __init__(self, path: Path) -> None:
        # IFC maps a flat index, so that workers share one copy; plain IO_FLAG_MMAP copies it.
        # It asks the kernel for random access: whoever opens a cold file should read it through
        # once (checking its digest does), or the first search waits for every page by itself.
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    def of_rows(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these rows as they were written, shape `(len(rows), dimension)`."""
        found: NDArray[np.float32] = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return found

    def scores(self, vector: NDArray[np.float32], mask: Mask | None = None) -> NDArray[np.float32]:
        """The cosine of every row with `vector`, shape (rows,); -inf outside the mask.

        Equal vectors get equal scores, bit by bit, wherever they stand.

        Raises:
            ValueError: the vector hasn't the index's dimension.
        """
        if vector.shape != (self.dimension,):
            raise ValueError(f"a vector of shape {vector.shape}, not ({self.dimension},)")
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        # A range search without a bound keeps no heap: quicker than a search for the best ten.
        _, found, rows = self._index.range_search(query, -np.inf, params=_only(mask))
        scores = np.full(len(self), -np.inf, dtype=np.float32)
        scores[rows] = found
        return scores


def _only(mask: Mask | None) -> faiss.SearchParameters | None:
    if mask is None:
        return None
    bits = np.packbits(mask, bitorder="little")
    # The stubs know the C++ constructors only.
    selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]

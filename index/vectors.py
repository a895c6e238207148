"""Passage vectors in FAISS: inner products of half-precision vectors, memory-mapped.

The vectors have unit norm, so an inner product is a cosine. One pass gives the scores of all rows;
what a plan's best passages are is then a matter of slicing, never of one query a plan. Up to
`EXACT_ROWS` a search makes that pass too. Beyond, the vectors lie in lists of like ones, and a
search reads the lists nearest to the question; a board still reads them all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
"""Shape (rows,): True where a row is in scope."""

EXACT_ROWS = 250_000
"""Up to here every search compares every vector: some 20 ms, four times the embedding of a question
(docs/performance.md has the curve)."""

_PROBED = 8
"""Beyond, one list in so many is read."""

_SAMPLES_PER_LIST = 64
"""Vectors from which the middle of a list is learnt; FAISS asks for 39 or more."""

_AT_ONCE = 65_536
"""Vectors added at once: each is held in single precision meanwhile."""


def write(path: Path, vectors: NDArray[np.float32]) -> None:
    """Writes vectors of shape (rows, dimension), float32, unit norm; kept in half precision.

    Raises:
        OSError: the disk is full, or can't be written.
    """
    index = _empty(vectors)
    for first in range(0, len(vectors), _AT_ONCE):
        index.add(np.ascontiguousarray(vectors[first : first + _AT_ONCE]))
    # FAISS's own file writer doesn't notice a disk that fills up at the last flush; Python's does.
    with path.open("wb") as file:
        writer = faiss.PyCallbackIOWriter(file.write)  # type: ignore[attr-defined]
        faiss.write_index(index, writer)


def _empty(vectors: NDArray[np.float32]) -> faiss.IndexIVFScalarQuantizer:
    """An index ready for these vectors: one list, or about the square root of their number."""
    rows, dimension = vectors.shape
    lists = 1 if rows <= EXACT_ROWS else math.isqrt(rows)
    middles = faiss.IndexFlatIP(dimension)
    # The list of a vector says nothing of its numbers: they are kept whole, not as differences.
    index = faiss.IndexIVFScalarQuantizer(
        middles,
        dimension,
        lists,
        faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT,
        False,  # noqa: FBT003 - FAISS takes it by place only
    )
    if lists == 1:
        middles.add(np.zeros((1, dimension), dtype=np.float32))
        index.is_trained = True
    else:
        samples = min(rows, lists * _SAMPLES_PER_LIST)
        drawn = np.random.default_rng(0).choice(rows, samples, replace=False)
        index.train(vectors[np.sort(drawn)])
    return index


class Vectors:
    """Vectors open for reading. Safe to share between threads.

    Raises:
        RuntimeError: the file is no FAISS index.
    """

    def __init__(self, path: Path) -> None:
        # IFC maps the lists, so that workers share one copy; plain IO_FLAG_MMAP copies some kinds.
        # It asks the kernel for random access: whoever opens a cold file should read it through
        # once (checking its digest does), or the first search waits for every page by itself.
        read = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        self._index = cast("faiss.IndexIVFScalarQuantizer", read)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    @property
    def lists(self) -> int:
        """How many lists of like vectors there are; with one, every search is exact."""
        return int(self._index.nlist)

    @property
    def lists_read(self) -> int:
        """How many of them a search reads."""
        return math.ceil(self.lists / _PROBED)

    def of_rows(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these rows as they are kept, shape `(len(rows), dimension)`."""
        self._index.make_direct_map()
        found: NDArray[np.float32] = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return found

    def scores(self, vector: NDArray[np.float32], mask: Mask | None = None) -> NDArray[np.float32]:
        """The cosine of every row with `vector`, shape (rows,); -inf outside the mask.

        Equal vectors get equal scores, bit by bit, wherever they stand.

        Raises:
            ValueError: the vector hasn't the index's dimension.
        """
        # A range search without a bound keeps no heap: quicker than a search for the best ten.
        _, found, rows = self._index.range_search(
            self._query(vector), -np.inf, params=_params(self.lists, mask)
        )
        return self._placed(rows, found)

    def candidates(
        self, vector: NDArray[np.float32], mask: Mask, limit: int, also: Sequence[int] = ()
    ) -> NDArray[np.float32]:
        """Scores as above of the rows nearest to `vector`, `limit` or more, and of those in `also`.

        The others may be -inf. The nearest are true ones where there is one list, else nearly all
        are; a score is always true.
        """
        if self.lists == 1:
            return self.scores(vector, mask)
        (found,), (rows,) = self._index.search(
            self._query(vector), limit, params=_params(self.lists_read, mask)
        )
        nearest = self._placed(rows[rows >= 0], found[rows >= 0])
        rows = np.asarray(also, dtype=np.intp)
        named = np.zeros_like(mask)
        named[rows] = mask[rows]
        return np.maximum(nearest, self.scores(vector, named)) if named.any() else nearest

    def _query(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        if vector.shape != (self.dimension,):
            raise ValueError(f"a vector of shape {vector.shape}, not ({self.dimension},)")
        return np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)

    def _placed(self, rows: NDArray[np.int64], found: NDArray[np.float32]) -> NDArray[np.float32]:
        scores = np.full(len(self), -np.inf, dtype=np.float32)
        scores[rows] = found
        return scores


def _params(lists: int, mask: Mask | None) -> faiss.SearchParametersIVF:
    # The stubs know the C++ constructors only.
    if mask is None:
        return faiss.SearchParametersIVF(nprobe=lists)  # type: ignore[call-arg]
    bits = np.packbits(mask, bitorder="little")
    selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
    return faiss.SearchParametersIVF(nprobe=lists, sel=selector)  # type: ignore[call-arg]

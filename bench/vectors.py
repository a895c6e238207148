"""What comparing vectors costs, by their number: one pass over all, and a search.

In process and in processor time, without passages: `scale` has the whole. The vectors are those of
`bench.nation`, means of pairs of real ones turned at random.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import nation
from bench.report import Measured, Spread
from index import vectors
from index.embedding import open_embedder
from index.ranking import best

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_ASKED = 1_000
"""Candidates of a search, as the engine asks for them."""
_TEN = 10


def measure(_data_dir: Path, times: int, sizes: Sequence[int] = SIZES) -> Measured:
    """`times` of each at every size; recall is of the ten nearest."""
    model = open_embedder()
    known = model.embed(nation.sentences())
    topics = model.embed([f"{sentence} in the county" for sentence in nation.sentences()[:times]])
    rows = [_row(_made(known, size), topics) for size in sizes]
    return Measured(
        name="vectors",
        title=f"Comparing vectors, processor milliseconds ({times} of each)",
        header=("vectors", "lists", "write s", "MiB", "one pass", "a search", "recall of ten"),
        rows=rows,
        data={"rows": rows},
        notes=(f"a search: the {_ASKED:,} nearest; of one list it is the pass itself.",),
    )


def _made(known: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(size)
    made = np.empty((size, known.shape[1]), dtype=np.float32)
    for first in range(0, size, 65_536):
        part = made[first : first + 65_536]
        pairs = known[rng.integers(0, len(known), (2, len(part)))]
        part[:] = pairs.mean(axis=0) + nation.TURN * rng.standard_normal(
            part.shape, dtype=np.float32
        ) / np.sqrt(known.shape[1])
        part /= np.linalg.norm(part, axis=1, keepdims=True)
    return made


def _row(made: NDArray[np.float32], topics: NDArray[np.float32]) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="saferplans-bench-") as folder:
        file = Path(folder) / "vectors"
        written, _ = _spent(partial(vectors.write, file, made))
        index = vectors.Vectors(file)
        everything = np.ones(len(made), dtype=bool)
        index.scores(topics[0])
        passes, searches, found = [], [], 0
        for topic in topics:
            spent, exact = _spent(partial(index.scores, topic))
            passes.append(spent)
            spent, near = _spent(partial(index.candidates, topic, everything, _ASKED))
            searches.append(spent)
            found += len(set(best(exact, _TEN).tolist()) & set(best(near, _TEN).tolist()))
        return [
            f"{len(made):,}",
            f"{index.lists_read:,} of {index.lists:,}",
            f"{written / 1000:.1f}",
            f"{file.stat().st_size / 2**20:.0f}",
            f"{Spread(tuple(passes)).median:.1f}",
            f"{Spread(tuple(searches)).median:.1f}",
            f"{found / (_TEN * len(topics)):.3f}",
        ]


def _spent(call: Callable[[], Any]) -> tuple[float, Any]:
    """Processor milliseconds of this process, and what a call gave."""
    started = time.process_time()
    given = call()
    return (time.process_time() - started) * 1000, given

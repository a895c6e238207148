"""Ranking by score, ties by place, and the fusion of two rankings. Pure functions on arrays.

Fusion is a convex sum of min-max normalised scores. On the plans of the development collections it
is better than reciprocal rank fusion (k=60) and than either side alone, and best near equal weights
(docs/evaluation.md, "Search"). On a public judged set (5,183 abstracts, 300 queries) nDCG@10 was
0.729 with equal weights, 0.733 at 0.7, 0.714 for ranks, 0.676 for BM25 and 0.648 for meaning alone.
Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (ACM TOIS 2023), find
the same order of the two and that the choice of normalisation hardly matters.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MEANING_WEIGHT = 0.5
"""Share of the meaning side in a fused score; see above for where it comes from."""

Scores = NDArray[np.float32] | NDArray[np.float64]


def best(scores: Scores, limit: int) -> NDArray[np.intp]:
    """Places of the `limit` highest scores, highest first, equal ones by place; never one at -inf.

    Deterministic at the cut too: of equal scores that straddle it, the earlier places stay.
    """
    places = np.flatnonzero(scores > -np.inf)
    if limit <= 0:
        return places[:0]
    if limit < len(places):
        # Only what reaches the limit-th score is sorted: a sort of a million scores is slow.
        cut = np.partition(scores[places], len(places) - limit)[len(places) - limit]
        places = places[scores[places] >= cut]
    return places[np.argsort(-scores[places], kind="stable")][:limit]


def min_max(scores: Scores, floor: float | None = None) -> NDArray[np.float64]:
    """Scores stretched to [0, 1]; `floor` is what becomes 0 where the least possible is known.

    Where all are equal there is nothing to tell apart: all become 1 above the floor, else 0.
    """
    values = np.asarray(scores, dtype=np.float64)
    if not len(values):
        return values
    low = values.min() if floor is None else floor
    span = values.max() - low
    return (values - low) / span if span > 0 else np.zeros_like(values)


def convex(meaning: Scores, words: Scores, weight: float = MEANING_WEIGHT) -> NDArray[np.float64]:
    """Fused scores in [0, 1] of candidates whose cosine and BM25 scores are given, place by place.

    A candidate without any of the words has BM25 score 0, which is the least there is.
    """
    return weight * min_max(meaning) + (1 - weight) * min_max(words, floor=0.0)


def fused(
    meaning: Scores, rows: Sequence[int], words: Sequence[float], limit: int
) -> tuple[NDArray[np.intp], Scores]:
    """The best `limit` places by meaning and words together, and their scores.

    `meaning` has a score for every place, -inf for one out of scope; `words` those of `rows`. Of
    both sides the best `limit` are candidates. Without words the scores are those of meaning.
    """
    nearest = best(meaning, limit)
    if not len(rows):
        return nearest, meaning[nearest]
    by_words = np.zeros(len(meaning))
    by_words[rows] = words
    candidates = np.union1d(nearest, np.asarray(rows, dtype=np.intp))
    scores = convex(meaning[candidates], by_words[candidates])
    order = best(scores, limit)
    return candidates[order], scores[order]

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.ranking import MEANING_WEIGHT, best, convex, fused, min_max

# Few distinct values, so that ties abound; -inf stands for what is out of scope.
scores = st.lists(st.sampled_from([-np.inf, -1.0, 0.0, 0.25, 0.5, 1.0]), max_size=30).map(np.array)
finite = st.floats(-1e6, 1e6, width=32)
pairs = st.lists(st.tuples(finite, st.floats(0, 1e6, width=32)), min_size=1, max_size=20)


@given(scores, st.integers(-1, 40))
def test_best_is_a_stable_sort_cut_short(values: np.ndarray, limit: int) -> None:
    expected = sorted(
        (place for place, score in enumerate(values) if score > -np.inf),
        key=lambda place: (-values[place], place),
    )
    assert best(values, limit).tolist() == expected[: max(0, limit)]


@given(st.lists(finite, min_size=1, max_size=20))
def test_min_max_fills_the_unit_interval_and_keeps_the_order(values: list[float]) -> None:
    scaled = min_max(np.array(values))
    assert scaled.min() == 0
    assert scaled.max() == (1 if len(set(values)) > 1 else 0)
    assert np.all(np.diff(scaled[np.argsort(values)]) >= 0)


def test_min_max_with_a_floor_keeps_a_lone_hit_above_it() -> None:
    assert min_max(np.array([3.0]), floor=0.0).tolist() == [1.0]
    assert min_max(np.array([0.0, 0.0]), floor=0.0).tolist() == [0.0, 0.0]
    assert min_max(np.array([]), floor=0.0).tolist() == []


@given(pairs)
def test_fused_scores_lie_in_the_unit_interval(values: list[tuple[float, float]]) -> None:
    meaning, words = np.array(values).T
    fused = convex(meaning, words)
    assert np.all((fused >= 0) & (fused <= 1 + 1e-12))


@given(pairs)
def test_one_that_is_better_on_both_sides_never_comes_after(
    values: list[tuple[float, float]],
) -> None:
    meaning, words = np.array(values).T
    fused = convex(meaning, words)
    for one in range(len(values)):
        better = (meaning > meaning[one]) & (words > words[one])
        assert np.all(fused[better] >= fused[one])


@given(pairs)
def test_without_words_the_order_is_that_of_meaning(values: list[tuple[float, float]]) -> None:
    meaning = np.array(values)[:, 0]
    fused = convex(meaning, np.zeros(len(values)))
    assert np.allclose(fused, MEANING_WEIGHT * min_max(meaning))


@given(st.lists(st.tuples(finite, st.floats(0, 1e6, width=32)), min_size=1, max_size=20), st.data())
def test_fusion_ranks_the_best_of_both_sides_together(
    values: list[tuple[float, float]], data: st.DataObject
) -> None:
    meaning, words = np.array(values).T
    limit = data.draw(st.integers(0, 25))
    rows = np.flatnonzero(words > 0)
    places, scores = fused(meaning, rows.tolist(), words[rows].tolist(), limit)
    assert len(places) == len(scores) == min(limit, len(values))
    assert len(set(places.tolist())) == len(places)
    assert sorted(scores, reverse=True) == scores.tolist()
    if limit >= len(values) and len(rows):
        assert np.array_equal(places, best(convex(meaning, words), limit))


def test_fusion_without_words_is_meaning_and_never_leaves_the_scope() -> None:
    meaning = np.array([0.1, -np.inf, 0.3])
    places, scores = fused(meaning, [], [], 5)
    assert (places.tolist(), scores.tolist()) == ([2, 0], [0.3, 0.1])


@given(pairs, st.floats(0.5, 8), st.floats(0, 9), st.floats(0.5, 8))
def test_the_scales_of_the_two_sides_do_not_matter(
    values: list[tuple[float, float]], stretch: float, shift: float, louder: float
) -> None:
    meaning, words = np.array(values).T
    other = convex(meaning * stretch + shift, words * louder)
    spread = np.ptp(meaning)
    if spread == 0 or spread > 1:  # below that the shift eats the digits that tell scores apart
        assert np.allclose(other, convex(meaning, words), atol=1e-6)

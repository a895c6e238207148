from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import vectors
from index.ranking import best
from index.vectors import Vectors


def unit(rows: int, dimension: int = 32, seed: int = 7) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).standard_normal((rows, dimension)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn


@pytest.fixture(scope="module")
def data() -> NDArray[np.float32]:
    made = unit(500)
    made[[3, 77, 400, 499]] = made[5]  # equal vectors at places that differ in alignment
    return made


@pytest.fixture(scope="module")
def index(data: NDArray[np.float32], tmp_path_factory: pytest.TempPathFactory) -> Vectors:
    path = tmp_path_factory.mktemp("vectors") / "vectors.faiss"
    vectors.write(path, data)
    return Vectors(path)


def test_scores_are_those_of_brute_force(data: NDArray[np.float32], index: Vectors) -> None:
    for query in unit(20, seed=8):
        assert np.allclose(index.scores(query), data @ query, atol=1e-6)


@given(
    st.binary(min_size=500, max_size=500).map(lambda drawn: np.array(bytearray(drawn)) % 2 == 1),
    st.integers(0, 99),
)
def test_a_mask_keeps_its_rows_and_their_scores(
    index: Vectors, mask: NDArray[np.bool_], seed: int
) -> None:
    query = unit(1, seed=seed)[0]
    scores = index.scores(query, mask)
    assert np.array_equal(scores > -np.inf, mask)
    assert np.array_equal(scores[mask], index.scores(query)[mask])


@given(st.integers(0, 450), st.integers(1, 50), st.integers(1, 60), st.integers(0, 99))
def test_the_best_of_a_range_are_those_of_brute_force(
    data: NDArray[np.float32], index: Vectors, first: int, rows: int, limit: int, seed: int
) -> None:
    query = unit(1, seed=seed)[0]
    found = first + best(index.scores(query)[first : first + rows], limit)
    expected = np.argsort(-(data[first : first + rows] @ query), kind="stable")[:limit]
    assert np.allclose(data[found] @ query, data[first + expected] @ query, atol=1e-6)


def test_equal_vectors_have_equal_scores_to_the_bit(index: Vectors) -> None:
    for query in unit(50, seed=9):
        assert len(set(index.scores(query)[[3, 5, 77, 400, 499]].tolist())) == 1


def test_no_vectors_at_all(tmp_path: Path) -> None:
    vectors.write(tmp_path / "v", np.empty((0, 32), dtype=np.float32))
    index = Vectors(tmp_path / "v")
    assert len(index) == 0
    assert index.scores(unit(1)[0]).shape == (0,)
    assert index.scores(unit(1)[0], np.empty(0, dtype=bool)).shape == (0,)


def test_a_vector_of_another_length_is_refused(index: Vectors) -> None:
    with pytest.raises(ValueError, match="shape"):
        index.scores(np.ones(31, dtype=np.float32))


def test_threads_share_one_index(data: NDArray[np.float32], index: Vectors) -> None:
    queries = unit(64, seed=11)
    expected = [index.scores(query) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(index.scores, queries))
    assert all(np.array_equal(one, other) for one, other in zip(found, expected, strict=True))


def test_an_open_index_outlives_its_file(data: NDArray[np.float32], tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    vectors.write(path, data)
    index = Vectors(path)
    path.unlink()
    assert np.allclose(index.scores(data[0]), data @ data[0], atol=1e-6)


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "v").write_bytes(b"no index at all, and long enough to be looked at" * 10)
    with pytest.raises(RuntimeError):
        Vectors(tmp_path / "v")

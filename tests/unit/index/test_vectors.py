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


def halved(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """As an index keeps them."""
    return vectors.astype(np.float16).astype(np.float32)


@pytest.fixture(scope="module")
def data() -> NDArray[np.float32]:
    made = halved(unit(500))
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


def test_half_precision_costs_a_cosine_less_than_a_thousandth(tmp_path: Path) -> None:
    made = unit(300, dimension=384)
    vectors.write(tmp_path / "v", made)
    index = Vectors(tmp_path / "v")
    assert np.abs(index.scores(made[0]) - made @ made[0]).max() < 1e-3
    kept = index.of_rows([7, 0])
    assert np.array_equal(kept, halved(made[[7, 0]]))
    vectors.write(tmp_path / "again", halved(made))
    assert np.array_equal(Vectors(tmp_path / "again").of_rows([7, 0]), kept)


class TestBeyondExactRows:
    """Lists of like vectors, of which a search reads an eighth."""

    ROWS = 3_000
    LIMIT = 20

    @pytest.fixture
    def made(self) -> NDArray[np.float32]:
        rng = np.random.default_rng(3)
        near = unit(60, seed=4)[rng.integers(0, 60, self.ROWS)]
        drawn = near + 0.1 * rng.standard_normal(near.shape).astype(np.float32)
        return halved(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))

    @pytest.fixture
    def index(
        self, made: NDArray[np.float32], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Vectors:
        monkeypatch.setattr(vectors, "EXACT_ROWS", 1_000)
        vectors.write(tmp_path / "v", made)
        return Vectors(tmp_path / "v")

    def test_a_pass_over_all_is_exact(self, made: NDArray[np.float32], index: Vectors) -> None:
        assert (index.lists, index.lists_read) == (54, 7)
        assert np.allclose(index.scores(made[9]), made @ made[9], atol=1e-6)
        assert np.array_equal(index.of_rows([2_999, 5]), made[[2_999, 5]])

    def test_a_search_finds_nearly_all_of_the_nearest(
        self, made: NDArray[np.float32], index: Vectors
    ) -> None:
        everything = np.ones(self.ROWS, dtype=bool)
        found = 0
        for query in made[:50]:
            scores = index.candidates(query, everything, self.LIMIT)
            known = scores > -np.inf
            assert known.sum() == self.LIMIT
            assert np.allclose(scores[known], (made @ query)[known], atol=1e-6)
            found += len(set(best(scores, self.LIMIT)) & set(best(made @ query, self.LIMIT)))
        assert found / (50 * self.LIMIT) > 0.95

    def test_a_search_knows_the_rows_named_and_none_out_of_scope(
        self, made: NDArray[np.float32], index: Vectors
    ) -> None:
        mask = np.arange(self.ROWS) % 3 == 0
        far = np.argsort(made @ made[0])[:10]
        scores = index.candidates(made[0], mask, self.LIMIT, also=far.tolist())
        assert not np.any(scores[~mask] > -np.inf)
        assert np.allclose(scores[far[mask[far]]], (made @ made[0])[far[mask[far]]], atol=1e-6)

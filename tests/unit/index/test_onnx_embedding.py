"""The packaged model by onnxruntime gives what sentence-transformers gives, whatever the text."""

from __future__ import annotations

import json
import random
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalogue import shipped_data
from index import onnx_graph
from index.embedding import Embedder, open_embedder
from index.onnx_embedding import GRAPH
from index.weights import DEFAULT_MODEL
from tests.unit.index.test_embedding import packaged

TEXTS = 1_000
HARD = (
    "",
    "  \n\t",
    "\x00\x1f",
    "\u200b\ufeff",
    "été naïve ﬁne Ǆ İ ß",
    "漢字 かな 한글 😀",
    "[CLS] theft [SEP] [MASK] [UNK] [PAD]",
    "anti-social behaviour (ASB) — “knife” crime…",
    "x" * 5_000,
    "theft " * 254,  # with the marks at both ends just 256 tokens: all are read
    "theft " * 255,  # one too many
    "theft " * 3_000,
)


def texts() -> Iterator[str]:
    """Phrases, sentences and passages of the report, of every length, and `HARD`."""
    draw = random.Random(7)
    words = next(shipped_data().glob("*.txt")).read_text(encoding="utf-8").split()
    yield from HARD
    for _ in range(TEXTS - len(HARD)):
        start, length = draw.randrange(len(words)), int(draw.expovariate(1 / 8)) + 1
        yield " ".join(words[start : start + length])


@pytest.fixture(scope="module")
def fast() -> Embedder:
    return open_embedder()


@pytest.fixture(scope="module")
def reference() -> Embedder:
    return open_embedder(str(packaged()))


@pytest.mark.model
def test_a_thousand_texts_have_the_vectors_of_the_reference(
    fast: Embedder, reference: Embedder
) -> None:
    given = list(texts())
    ours, theirs = fast.embed(given), reference.embed(given)
    assert ours.shape == theirs.shape == (TEXTS, 384)
    assert ours.dtype == np.float32
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1, abs=1e-5)
    # The target is 0.9999; what is left is the rounding of single precision.
    assert np.sum(ours * theirs, axis=1).min() > 0.99999


@pytest.mark.model
@settings(max_examples=40)
@given(text=st.text(max_size=60))
def test_any_text_has_the_vector_of_the_reference(
    fast: Embedder, reference: Embedder, text: str
) -> None:
    assert fast.embed([text])[0] @ reference.embed([text])[0] > 0.99999


def test_no_texts_no_vectors(fast: Embedder) -> None:
    assert fast.embed([]).shape == (0, 384)


def test_it_tells_a_paraphrase_from_something_else(
    fast: Embedder, capfd: pytest.CaptureFixture[str]
) -> None:
    made = fast.embed(
        [
            "Thieves strip lead and copper from church roofs.",
            "Metal is stolen from the roofs of churches.",
            "The panel thanked the officers for their report.",
        ]
    )
    assert made[0] @ made[1] > made[0] @ made[2] + 0.2
    assert capfd.readouterr() == ("", "")  # no advice of a library


def test_a_text_has_one_vector_alone_in_a_batch_and_among_threads(fast: Embedder) -> None:
    given = [f"Sentence {number} " + "about theft " * number for number in range(40)]
    together = fast.embed(given)
    with ThreadPoolExecutor(4) as pool:
        alone = np.vstack(list(pool.map(lambda text: fast.embed([text]), given)))
    assert np.allclose(together, alone, atol=1e-5)
    assert threading.active_count() < 40


def test_threads_that_come_first_together_load_it_once() -> None:
    embedder = open_embedder()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: embedder.embed(["theft"])[0], range(8)))
    assert all(np.array_equal(each, made[0]) for each in made)


def test_the_graph_is_what_its_maker_makes() -> None:
    """Run `python -m index.onnx_graph` where this fails; every index is then to be made anew."""
    assert onnx_graph.make().SerializeToString(deterministic=True) == GRAPH.read_bytes()


@pytest.mark.model
def test_a_model_is_known_by_all_that_settles_its_vectors(
    fast: Embedder, reference: Embedder, tmp_path: Path
) -> None:
    # The same weights by another program: equal within rounding, and not called the same.
    assert reference.fingerprint != fast.fingerprint
    folder = tmp_path / DEFAULT_MODEL
    shutil.copytree(packaged(), folder, copy_function=lambda of, to: Path(to).symlink_to(of))
    by_path = open_embedder(str(folder))
    assert by_path.fingerprint.removeprefix(DEFAULT_MODEL) == reference.fingerprint.removeprefix(
        "model"
    )
    # Pooled otherwise, the same weights give other vectors.
    pooling = folder / "1_Pooling" / "config.json"
    words = json.loads(pooling.read_text())
    words.update(pooling_mode_cls_token=True, pooling_mode_mean_tokens=False)
    pooling.unlink()
    pooling.write_text(json.dumps(words))
    assert open_embedder(str(folder)).fingerprint != by_path.fingerprint

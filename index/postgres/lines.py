"""The numbers of sentences (`corpus.lines`) as columns of `sentences`, and back from many rows.

Each column holds bytes: 32 bits a word, 8 a mark, 64 a score, little-endian. `above` are the
headings above a sentence, each as the number of its words and then the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.lines import Lines

_WORD, _MARK, _SCORE = np.dtype("<u4"), np.dtype("u1"), np.dtype("<f8")


class Columns(NamedTuple):
    """What a row has of a sentence's numbers, or what many rows have, one after the other."""

    words: bytes
    marks: bytes
    meant: bytes
    scores: bytes
    above: bytes


class Sizes(NamedTuple):
    """How many words, meanings and bytes of headings each of many sentences has."""

    words: NDArray[np.int64]
    meant: NDArray[np.int64]
    above: NDArray[np.int64]


SIZES = ("length(x.marks)", "length(x.meant) / 4", "length(x.above)")
"""The sizes of a row, in SQL."""


def as_columns(lines: Lines) -> Iterator[Columns]:
    """The columns of each sentence, in order."""
    above = _headings_as_bytes(lines)
    said, meant = (pairwise(each.tolist()) for each in (lines.starts, lines.meant_starts))
    for (a, z), (b, y), headings in zip(said, meant, lines.above.tolist(), strict=True):
        yield Columns(
            lines.words[a:z].astype(_WORD).tobytes(),
            lines.marks[a:z].tobytes(),
            lines.meant[b:y].astype(_WORD).tobytes(),
            lines.scores[b:y].astype(_SCORE).tobytes(),
            above[headings],
        )


def from_columns(columns: Columns, sizes: Sizes) -> Lines:
    """The sentences of many rows, put one after the other."""
    numbers: dict[bytes, int] = {}
    ends = pairwise(accumulate(sizes.above.tolist(), initial=0))
    above = [numbers.setdefault(columns.above[a:z], len(numbers)) for a, z in ends]
    return Lines(
        _starts(sizes.words),
        np.frombuffer(columns.words, _WORD),
        np.frombuffer(columns.marks, _MARK),
        _starts(sizes.meant),
        np.frombuffer(columns.meant, _WORD),
        np.frombuffer(columns.scores, _SCORE),
        np.array(above, dtype=np.uint32),
        *_headings(numbers),
    )


def _starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)])


def _headings_as_bytes(lines: Lines) -> Sequence[bytes]:
    """The headings of each list, by its number."""
    made = [b""] * (int(lines.above.max(initial=0)) + 1)
    ends = pairwise(lines.heading_starts.tolist())
    for number, (a, z) in zip(lines.heading_list.tolist(), ends, strict=True):
        made[number] += np.array([z - a, *lines.heading_words[a:z]], dtype=_WORD).tobytes()
    return made


def _headings(lists: Iterable[bytes]) -> tuple[NDArray, NDArray, NDArray]:  # type: ignore[type-arg]
    """Where headings start, their words, and the list of each."""
    words: list[NDArray[np.uint32]] = []
    of_list: list[int] = []
    for number, packed in enumerate(lists):
        left = np.frombuffer(packed, _WORD)
        while len(left):
            end = 1 + int(left[0])
            words.append(left[1:end])
            of_list.append(number)
            left = left[end:]
    return (
        _starts(np.array(list(map(len, words)), dtype=np.int64)),
        np.concatenate([np.empty(0, _WORD), *words]),
        np.array(of_list, dtype=np.uint32),
    )

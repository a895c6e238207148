"""BM25 as tantivy computes it, so that both engines rank alike: its parameters and its roundings.

A field's length is rounded down to one of 256 values, which one byte names. tantivy computes in
single precision; here it is done in double and rounded once, so that equal passages tie.
"""

from __future__ import annotations

import math
from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75

_EXACT = 40
"""Lengths up to here are kept as they are; beyond, each step doubles after eight values."""


def _lengths() -> tuple[int, ...]:
    made = [*range(_EXACT + 1)]
    step = 2
    while len(made) < 256:
        made += [made[-1] + step * (place + 1) for place in range(8)]
        step *= 2
    return tuple(made[:256])


LENGTHS = _lengths()
"""What each byte stands for."""


def norm(words: int) -> int:
    """The byte for a field of so many words."""
    return bisect_right(LENGTHS, words) - 1


def dampers(average: float) -> list[float]:
    """For each byte, what stands beside the frequency: score = weight · tf / (tf + damper)."""
    if not average:
        return [K1] * len(LENGTHS)
    return [K1 * (1 - B + B * length / average) for length in LENGTHS]


def weight(containing: int, passages: int) -> float:
    """The most that a word may add to a score, by the passages whose field holds it."""
    rarity = math.log(1 + (passages - containing + 0.5) / (containing + 0.5))
    return rarity * (1 + K1)


MOST = 255
"""The highest frequency that is told apart."""

LEVELS = 8
"""Into so many the postings of a word are sorted, by what they add to a score, least first."""
_USUAL = (8, 48)
"""Words of a passage's headings and of its text by which they are sorted, whatever is held: what a
level adds at most in a generation is told by its own lengths (`most_of_levels`)."""


def packed(ordinal: int, frequency: int, length: int) -> int:
    """One posting: the passage's place, how often the word stands there, the field's byte."""
    return ordinal << 16 | min(frequency, MOST) << 8 | norm(length)


def _added(average: float) -> NDArray[np.float64]:
    """What a posting adds to a score beside its weight: by frequency from 1 on, and byte."""
    frequencies = np.arange(1, MOST + 1)[:, None]
    added: NDArray[np.float64] = frequencies / (frequencies + np.array(dampers(average)))
    return added


_LEVEL_OF = [(_added(usual) * LEVELS).astype(int).tolist() for usual in _USUAL]


def level(field: int, frequency: int, length: int) -> int:
    """The level of a posting in the headings (field 0) or the text (1)."""
    place: int = _LEVEL_OF[field][min(frequency, MOST) - 1][norm(length)]
    return place


def most_of_levels(field: int, average: float) -> list[float]:
    """The most that a posting of each level adds to a score beside its weight.

    `average` is that of the field's lengths in a generation.
    """
    added, levels = _added(average), np.array(_LEVEL_OF[field])
    return [float(added[levels == each].max(initial=0)) for each in range(LEVELS)]

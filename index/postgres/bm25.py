"""BM25 as tantivy computes it, so that both engines rank alike: its parameters and its roundings.

A field's length is rounded down to one of 256 values, which one byte names. tantivy computes in
single precision; here it is done in double and rounded once, so that equal passages tie.
"""

from __future__ import annotations

import math
from bisect import bisect_right

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


def packed(ordinal: int, frequency: int, length: int) -> int:
    """One posting: the passage's place, how often the word stands there, the field's byte."""
    return ordinal << 16 | min(frequency, MOST) << 8 | norm(length)

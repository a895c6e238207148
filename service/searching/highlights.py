"""Which words of a passage are lit: those by which it matched."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.models import Passage
from corpus.query import Expression, find, lines_of
from service.schemas import Stretch

Stretches = tuple[Stretch, ...]


def highlights(expression: Expression, passage: Passage) -> tuple[Stretches, ...]:
    """What matched in each heading, and last what matched in the text; in order, none overlaps."""
    lines = lines_of(passage)
    places = find(expression, lines) or ()
    return tuple(
        _merged((place.start, place.end) for place in places if place.line == number)
        for number in range(len(lines))
    )


def _merged(stretches: Iterable[Stretch]) -> Stretches:
    merged: list[Stretch] = []
    for start, end in sorted(stretches):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)

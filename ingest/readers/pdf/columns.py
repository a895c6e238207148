"""Reading order: a page is cut at the gutters between its columns, and at what spans them.

A cut in the manner of the recursive X-Y cut (Nagy and Seth, 1984), but for one thing: a gutter may
end above or below, where a heading or a picture runs across it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from math import inf
from statistics import median

from ingest.readers.pdf.segments import joined
from ingest.readers.pdf.words import Box, Line

_ALIGNED = 3.0
"""Points by which the left edges of one column's lines may differ."""
_LEAST_LINES = 3
"""So many lines on both sides of a gutter make columns."""
_GUTTER = 0.8
"""The narrowest gutter, as a share of the size of the type."""
_BESIDE = 0.6
"""Share of the shorter column's lines that have a line of the other beside them."""
_PROSE_WORDS = 3.0
"""Words in the middle line of a column of prose; a column of a table has fewer."""
_LARGER = 1.1
"""Type larger than this share of that below it is a heading's."""
_LEVEL = 2.0
"""Points by which the baselines of lines beside each other may differ."""
_DEEPEST = 8
"""So often a page is cut in cuts."""


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A vertical gap at `x` between `top` and `bottom`, with `lines` on its shorter side."""

    x: float
    top: float
    bottom: float
    lines: int


def in_reading_order(
    segments: Sequence[Line], known: Collection[float] = (), depth: int = 0
) -> list[Line]:
    """The lines of a page, column by column, each with the box of the column that it stands in.

    `known` are the left edges of the columns on the page before: they hold here for few lines too.
    """
    if not segments:
        return []
    gutter = _best_gutter(segments, known) if depth < _DEEPEST else None
    if gutter is None:
        box = _around(segments)
        return [replace(line, column=box) for line in joined(segments)]
    return [
        line
        for part in _cut(segments, gutter)
        if part
        for line in in_reading_order(part, known, depth + 1)
    ]


def column_edges(lines: Iterable[Line]) -> frozenset[float]:
    """The left edges of the columns in which lines of a page stand."""
    return frozenset(line.column.left for line in lines if line.column)


def _around(lines: Sequence[Line]) -> Box:
    return Box(
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )


def _cut(segments: Sequence[Line], gutter: _Gutter) -> Iterator[list[Line]]:
    """What stands above the gutter, left of it, right of it and below it."""
    above, left, right, below = [], [], [], []
    for segment in segments:
        middle = (segment.top + segment.bottom) / 2
        if middle < gutter.top:
            above.append(segment)
        elif middle > gutter.bottom:
            below.append(segment)
        elif segment.left < gutter.x:
            left.append(segment)
        else:
            right.append(segment)
    yield above
    tops = [-inf, *_new_tops(left, right), inf]
    for top, bottom in pairwise(tops):
        for column in (left, right):
            yield [line for line in column if top <= line.baseline < bottom]
    yield below


def _new_tops(left: Sequence[Line], right: Sequence[Line]) -> list[float]:
    """Where both columns begin anew, under a heading that is too short to reach across them."""
    lines = sorted(left, key=lambda line: line.baseline)
    tops: list[float] = []
    for place in range(1, len(lines) - 1):
        heading, below = lines[place], lines[place + 1]
        if not _is_set_off(heading, below):
            continue
        first = _first_of(lines, place)
        if _begin_level(below, right) and _is_clear(first.top, below.top, right):
            tops.append(first.top)
    return tops


def _first_of(lines: Sequence[Line], last: int) -> Line:
    """The first line of the heading of which `last` is the place of the last one."""
    place = last
    while place and not _is_set_off(lines[last], lines[place - 1]):
        place -= 1
    return lines[place]


def _is_set_off(heading: Line, below: Line) -> bool:
    """Whether a line is in larger type than another, or in bold where that is not."""
    return heading.size > _LARGER * below.size or (heading.bold and not below.bold)


def _begin_level(line: Line, right: Sequence[Line]) -> bool:
    """Whether a line has one beside it on the same baseline, and lines above that."""
    level = any(abs(other.baseline - line.baseline) <= _LEVEL for other in right)
    return level and any(other.baseline < line.baseline - _LEVEL for other in right)


def _is_clear(top: float, bottom: float, right: Sequence[Line]) -> bool:
    """Whether nothing stands on the right between two heights, nor close above."""
    return not any(other.top < bottom and other.bottom > top - _LEVEL for other in right)


def _best_gutter(segments: Sequence[Line], known: Collection[float]) -> _Gutter | None:
    """The gutter with most lines beside it; None where the text is set in one column."""
    first = min(segment.left for segment in segments) + _ALIGNED
    found = chain(
        (gutter for x in _edges(segments) for gutter in _gutters(segments, x, _LEAST_LINES)),
        (gutter for x in known if x > first for gutter in _gutters(segments, x, 1)),
    )
    return max(found, key=lambda gutter: gutter.lines, default=None)


def _edges(segments: Sequence[Line]) -> list[float]:
    """The left edges that several lines share, but for the leftmost."""
    lefts = sorted(segment.left for segment in segments)
    edges: list[float] = []
    for left in lefts:
        in_reach = bisect_left(lefts, left + _ALIGNED) - bisect_left(lefts, left)
        if in_reach >= _LEAST_LINES and (not edges or left - edges[-1] > _ALIGNED):
            edges.append(left)
    return [edge for edge in edges if edge > lefts[0] + _ALIGNED]


def _gutters(segments: Sequence[Line], x: float, least: int) -> Iterator[_Gutter]:
    """The gutters that end at `x` between the lines that run across it, `least` on both sides."""
    run: list[Line] = []
    for segment in sorted(segments, key=lambda line: line.baseline):
        crosses = segment.left < x - _ALIGNED and segment.right > x - _GUTTER * segment.size / 2
        if not crosses:
            run.append(segment)
            continue
        if gutter := _gutter(run, x, least):
            yield gutter
        run = []
    if gutter := _gutter(run, x, least):
        yield gutter


def _gutter(run: Sequence[Line], x: float, least: int) -> _Gutter | None:
    """The gutter between the lines left and right of `x`, if these are columns of prose."""
    left = [line for line in run if line.left < x - _ALIGNED]
    right = [line for line in run if line.left >= x - _ALIGNED]
    lines = min(len(left), len(right))
    if lines < least or not (_is_prose(left) and _is_prose(right)):
        return None
    if _beside(left, right) < _BESIDE * lines:
        return None
    box = _around(run)
    return _Gutter(x - _ALIGNED, box.top, box.bottom, lines)


def _is_prose(lines: Sequence[Line]) -> bool:
    return median(len(line.words) for line in lines) >= _PROSE_WORDS


def _beside(left: Sequence[Line], right: Sequence[Line]) -> int:
    """How many lines of the shorter side have one of the other side at their height."""
    few, many = sorted((left, right), key=len)
    return sum(
        any(other.top < line.bottom and line.top < other.bottom for other in many) for line in few
    )

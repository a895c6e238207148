"""Tables without rules: lines one under the other whose words leave the same gaps free."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from ingest.readers.pdf.contents import entry_of
from ingest.readers.pdf.segments import is_mark
from ingest.readers.pdf.tables import Grid, GridCell
from ingest.readers.pdf.words import Box, Line, Word

_WIDE = 1.3
"""The narrowest gap between cells of a line, as a share of the size."""
_SHARED = 1.0
"""The narrowest gap that all lines of a table leave free."""
_LEAST_LINES = 3
"""So many lines with a gap in them make a table, if they are at least half of its lines."""
_APART = 3.0
"""Baselines farther apart than so many sizes are not of one table."""
_LOOSE = 1.2
"""A distance between baselines above this share of the least parts rows, where rows are wrapped."""
_ANY_PAGE = 10_000

_Interval = tuple[float, float]


def with_bare_tables(lines: Iterable[Line]) -> Iterator[Line | Grid]:
    """The lines of a page, in each column those that make a table without rules as a table."""
    for _, group in groupby(lines, key=lambda line: line.column):
        column = list(group)
        at = 0
        while at < len(column):
            end = max(_end(column, at), at + 1)
            run = column[at:end]
            yield from [_grid(run)] if _is_table(run) else run
            at = end


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the lines end that share a gap with the one at `start`, which has one."""
    end, found = start, start
    while end < len(lines) and _is_near(lines, start, end):
        gaps = _gaps(lines[start : end + 1])
        if not gaps:
            break
        end += 1
        # The last cell may be wrapped; what stands in the first column only is text below.
        if _is_wide(lines[end - 1]) or lines[end - 1].left > gaps[0]:
            found = end
    return found


def _is_near(lines: Sequence[Line], start: int, at: int) -> bool:
    if at == start:
        return True
    return 0 < lines[at].baseline - lines[at - 1].baseline <= _APART * lines[at].size


def _is_wide(line: Line) -> bool:
    intervals = _intervals(line)
    return any(after[0] - before[1] >= _WIDE * line.size for before, after in pairwise(intervals))


def _is_table(run: Sequence[Line]) -> bool:
    wide = sum(map(_is_wide, run))
    if wide < _LEAST_LINES or 2 * wide < len(run):
        return False
    entries = [entry for line in run if (entry := entry_of(line, _ANY_PAGE))]
    # The contents end in numbers too, which grow down the page.
    is_contents = 2 * len(entries) > len(run) and all(
        before.page <= after.page for before, after in pairwise(entries)
    )
    return not is_contents


def _intervals(line: Line) -> list[_Interval]:
    """Where the words of a line stand; a bullet or a number is one with the words after it."""
    words = [(word.left, word.right) for word in line.words]
    if len(words) > 1 and is_mark(line.words[0]):
        return [(words[0][0], words[1][1]), *words[2:]]
    return words


def _gaps(lines: Sequence[Line]) -> list[float]:
    """The middles of the gaps that run down all lines, with words on both sides."""
    size = max(line.size for line in lines)
    found: list[float] = []
    reach: float | None = None
    for left, right in sorted(interval for line in lines for interval in _intervals(line)):
        if reach is not None and left - reach >= _SHARED * size:
            found.append((reach + left) / 2)
        reach = right if reach is None else max(reach, right)
    return found


def _grid(run: Sequence[Line]) -> Grid:
    gaps = _gaps(run)
    left, right = min(line.left for line in run), max(line.right for line in run)
    edges = (left, *gaps, right)
    box = Box(left, run[0].top, right, run[-1].bottom)
    rows = tuple(_row(part, gaps, edges) for part in _rows(run, gaps))
    return Grid(run[0].page, box, edges, rows)


def _rows(run: Sequence[Line], gaps: Sequence[float]) -> list[list[Line]]:
    """The lines of each row; a line without words in the first column shows that cells are wrapped.

    Then distance tells rows apart, where it can, and so does a line that fills as many columns as
    the first of its row, of three or more.
    """
    steps = [line.baseline - above.baseline for above, line in pairwise(run)]
    loose = _LOOSE * min(steps)
    is_loose = max(steps) > loose and any(line.left >= gaps[0] for line in run)
    rows = [[run[0]]]
    for step, line in zip(steps, run[1:], strict=True):
        is_full = len(gaps) > 1 and _filled(line, gaps) >= _filled(rows[-1][0], gaps)
        begins = step > loose or is_full if is_loose else line.left < gaps[0]
        if begins:
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _filled(line: Line, gaps: Sequence[float]) -> set[int]:
    return {_column(word, gaps) for word in line.words}


def _column(word: Word, gaps: Sequence[float]) -> int:
    return bisect_right(gaps, (word.left + word.right) / 2)


def _row(
    lines: Sequence[Line], gaps: Sequence[float], edges: Sequence[float]
) -> tuple[GridCell, ...]:
    held: dict[int, list[Word]] = defaultdict(list)
    for line in lines:
        for word in line.words:
            held[_column(word, gaps)].append(word)
    top, bottom = lines[0].top, lines[-1].bottom
    return tuple(
        GridCell(column, Box(edges[column], top, edges[column + 1], bottom), tuple(words))
        for column, words in sorted(held.items())
    )

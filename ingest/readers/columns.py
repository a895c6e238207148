"""Tables in plain text that spaces set in columns: which lines are their rows, with what cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ingest.readers.lines import Line, has_words

_CELL = re.compile(r"\S+(?: \S+)*")
"""Words one space apart; two spaces and a tab part cells."""
_RULE = re.compile(r"[-=_–—+ ]{10,}$")
_LEAST_CELLS = 2
_LEAST_ROWS = 2
"""So many rows below a header, at its columns, make lines a table."""
_ASKEW = 1
"""Columns that a cell may stand beside the header of its column."""

_Cell = tuple[int, int, int]
"""The column of a cell, counted from 0, and where its words stand in the text."""


def with_columns_marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the cells of those that are rows of a table under a ruled header."""
    marked = list(lines)
    at = 0
    while at < len(marked):
        rows = _table_at(marked, at)
        for place, cells in rows:
            marked[place] = replace(marked[place], cells=cells)
        at = rows[-1][0] + 1 if rows else at + 1
    return marked


def _table_at(lines: Sequence[Line], at: int) -> list[tuple[int, tuple[_Cell, ...]]]:
    """The rows of the table whose header stands at a place, the header first; empty for none."""
    header = _cells(lines[at])
    is_ruled = at + 1 < len(lines) and _RULE.match(lines[at + 1].text)
    if len(header) < _LEAST_CELLS or not is_ruled:
        return []
    starts = [start for start, _, _ in header]
    below = takewhile(lambda row: row[1] is not None, _rows(lines, at + 2, starts))
    rows = [(place, cells) for place, cells in below if cells]
    if len(rows) < _LEAST_ROWS:
        return []
    head = tuple((column, start, end) for column, (_, start, end) in enumerate(header))
    return [(at, head), *rows]


def _rows(
    lines: Sequence[Line], first: int, starts: Sequence[int]
) -> Iterator[tuple[int, tuple[_Cell, ...] | None]]:
    """Each line from a place on with its cells, none for a rule; None for what is no row."""
    for place in range(first, len(lines)):
        line = lines[place]
        if line.text and not has_words(line.text):
            yield place, ()
        else:
            yield place, _in_columns(line, starts)


def _in_columns(line: Line, starts: Sequence[int]) -> tuple[_Cell, ...] | None:
    """The cells of a line by their columns; None where one stands at no column of the header."""
    found = []
    for position, start, end in _cells(line):
        near = [at for at, column in enumerate(starts) if abs(position - column) <= _ASKEW]
        if not near:
            return None
        found.append((near[0], start, end))
    is_row = len(found) >= _LEAST_CELLS or (found and found[0][0] > 0)
    return tuple(found) if is_row else None


def _cells(line: Line) -> list[tuple[int, int, int]]:
    """The position in columns of each cell of a line, and where its words stand in the text."""
    return [
        (line.indent + found.start(), line.start + found.start(), line.start + found.end())
        for found in _CELL.finditer(line.text)
    ]

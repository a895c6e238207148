"""Tables with rules between their cells: what stands in which cell.

The grid is that of the rules and of the edges of filled boxes, as in Nurminen's method, which
Tabula and pdfplumber use: where lines cross, cells have their corners.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.words import Box, Page, Word

_NEAR = 3.0
"""Points by which lines that meet may miss each other."""
_LEAST_RULE = 8.0
"""Shorter lines, in points, are dashes and ornaments."""
_COVERED = 0.6
"""A cell's side is ruled where lines cover this share of it."""
_MOST_WORDS = 120
"""Words in a cell, on average, from which boxes are a layout and no table."""
_MOST_RULES = 600
"""A drawing has more; a table that fills a page has fewer."""
_LEAST_EDGES = 3
"""Edges of two columns, and of two rows."""
_TALLEST = 200.0
"""Rules farther apart, in points, are no rows of one table."""
_GUTTER = 0.8
"""The narrowest gap between columns, as a share of the size of the type."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """What stands in a cell that begins in a column, counted from 0; `box` is its first part."""

    column: int
    box: Box
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on one page: rows of the cells that hold words, and the edges of its columns."""

    page: int
    box: Box
    columns: tuple[float, ...]
    rows: tuple[tuple[GridCell, ...], ...]

    @property
    def words(self) -> Iterator[Word]:
        """All words in it."""
        return (word for row in self.rows for cell in row for word in cell.words)


def ruled_tables(page: Page) -> list[Grid]:
    """The tables on a page whose cells are parted by rules, from top to bottom."""
    rules = [rule for rule in page.rules if max(rule.width, rule.height) > _LEAST_RULE]
    if len(rules) > _MOST_RULES:
        return []
    groups = _touching(rules)
    grids = (_grid(page, group) for group in (*groups, *_stacked(groups)))
    return sorted(_disjoint(filter(None, grids)), key=lambda grid: grid.box.top)


def _disjoint(grids: Iterable[Grid]) -> Iterator[Grid]:
    """The tables without those that share words with a larger one, as one in a frame does."""
    taken: set[Word] = set()
    for grid in sorted(grids, key=lambda grid: -sum(map(len, grid.rows))):
        words = set(grid.words)
        if not words & taken:
            taken |= words
            yield grid


def _stacked(groups: Sequence[Sequence[Box]]) -> list[list[Box]]:
    """Flat rules that stand alone, one under the other, equally long."""
    lines = [_around(group) for group in groups if all(r.width > r.height for r in group)]
    stacks: list[list[Box]] = []
    for line in sorted(lines, key=lambda line: line.top):
        fits = (stack for stack in stacks if _is_under(stack[-1], line))
        stack = next(fits, None)
        if stack is None:
            stacks.append([line])
        else:
            stack.append(line)
    return stacks


def _is_under(above: Box, line: Box) -> bool:
    is_level = abs(above.left - line.left) <= _NEAR and abs(above.right - line.right) <= _NEAR
    return is_level and line.top - above.bottom <= _TALLEST


def _columns(rules: Sequence[Box], words: Sequence[Word]) -> Iterator[Box]:
    """Edges between columns where only rows are ruled or shaded: the gaps between words."""
    box = _around(rules)
    inside = [word for word in words if box.holds(*_middle(word))]
    for edge in (box.left, *_gaps(inside), box.right):
        yield Box(edge, box.top, edge, box.bottom)


def _gaps(words: Sequence[Word]) -> Iterator[float]:
    """The middles of the upright gaps that run between all words."""
    reach = None
    for word in sorted(words, key=lambda word: word.left):
        if reach is not None and word.left - reach >= _GUTTER * word.size:
            yield (reach + word.left) / 2
        reach = max(reach or 0.0, word.right)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """The rules in groups that hang together."""
    groups: list[list[Box]] = []
    for rule in rules:
        near = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([rule, *(other for group in near for other in group)])
    return groups


def _touch(first: Box, second: Box) -> bool:
    return (
        first.left <= second.right + _NEAR
        and second.left <= first.right + _NEAR
        and first.top <= second.bottom + _NEAR
        and second.top <= first.bottom + _NEAR
    )


def _grid(page: Page, rules: Sequence[Box]) -> Grid | None:
    """The table that rules make; None where they make none."""
    lattice = _Lattice.of(rules)
    if len(lattice.ys) >= _LEAST_EDGES > len(lattice.xs):
        lattice = _Lattice.of([*rules, *_columns(rules, page.words)])
    if len(lattice.xs) < _LEAST_EDGES or len(lattice.ys) < _LEAST_EDGES:
        return None
    box = Box(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
    inside = [word for word in page.words if box.holds(*_middle(word))]
    rows = tuple(row for row in lattice.rows(inside) if row)
    cells = sum(map(len, rows))
    is_table = sum(len(row) > 1 for row in rows) > 1
    if not is_table or len(inside) > _MOST_WORDS * cells:
        return None
    return Grid(page.number, box, tuple(lattice.xs), rows)


def _middle(word: Word) -> tuple[float, float]:
    return (word.left + word.right) / 2, word.baseline - word.size / 4


@dataclass(frozen=True, slots=True)
class _Lattice:
    """Flat and upright rules, and the places `ys` and `xs` at which they stand."""

    flat: tuple[Box, ...]
    upright: tuple[Box, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @classmethod
    def of(cls, rules: Sequence[Box]) -> _Lattice:
        flat = tuple(rule for rule in rules if rule.width > rule.height)
        upright = tuple(rule for rule in rules if rule.height > rule.width)
        xs = _clustered((rule.left + rule.right) / 2 for rule in upright)
        ys = _clustered((rule.top + rule.bottom) / 2 for rule in flat)
        return cls(flat, upright, tuple(xs), tuple(ys))

    def rows(self, words: Iterable[Word]) -> Iterator[tuple[GridCell, ...]]:
        """The rows between the flat rules; a merged cell stands in its first row and column."""
        owners = self._owners()
        held: dict[tuple[int, int], list[Word]] = defaultdict(list)
        for word in words:
            x, y = _middle(word)
            held[owners[_band(self.ys, y), _band(self.xs, x)]].append(word)
        for row in range(len(self.ys) - 1):
            yield tuple(
                GridCell(column, self._box(row, column), tuple(held[row, column]))
                for column in range(len(self.xs) - 1)
                if held.get((row, column))
            )

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The first row and column of the merged cell that each place is in."""
        owners: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if column and not self._is_parted(row, column):
                    owners[row, column] = owners[row, column - 1]
                elif row and not self._is_ruled(row, column):
                    owners[row, column] = owners[row - 1, column]
                else:
                    owners[row, column] = row, column
        return owners

    def _is_parted(self, row: int, column: int) -> bool:
        """Whether upright rules run along most of a place's left side."""
        x, top, bottom = self.xs[column], self.ys[row], self.ys[row + 1]
        covered = sum(
            max(0.0, min(rule.bottom, bottom) - max(rule.top, top))
            for rule in self.upright
            if rule.left - _NEAR <= x <= rule.right + _NEAR
        )
        return covered >= _COVERED * (bottom - top)

    def _is_ruled(self, row: int, column: int) -> bool:
        """Whether flat rules run along most of a place's upper side."""
        y, left, right = self.ys[row], self.xs[column], self.xs[column + 1]
        covered = sum(
            max(0.0, min(rule.right, right) - max(rule.left, left))
            for rule in self.flat
            if rule.top - _NEAR <= y <= rule.bottom + _NEAR
        )
        return covered >= _COVERED * (right - left)

    def _box(self, row: int, column: int) -> Box:
        return Box(self.xs[column], self.ys[row], self.xs[column + 1], self.ys[row + 1])


def _clustered(values: Iterable[float]) -> list[float]:
    """Values without those that lie within reach of one before."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _band(edges: Sequence[float], value: float) -> int:
    """Between which two edges a value lies."""
    return bisect_right(edges, value, 1, len(edges) - 1) - 1

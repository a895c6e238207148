"""Rows of a table in which cells are merged."""

from __future__ import annotations

from dataclasses import dataclass, field

_MOST_COLUMNS = 200
"""More columns than any table of a plan; a cell that claims to span more spans these."""


@dataclass(slots=True)
class Grid:
    """The cells of a table by column; a merged cell's words stand in its first place."""

    _rows: list[list[str]] = field(default_factory=list)
    _taken: dict[int, int] = field(default_factory=dict)

    def begin_row(self) -> None:
        """Begins the next row."""
        self._taken = {column: left - 1 for column, left in self._taken.items() if left > 1}
        self._rows.append([])

    def add(self, words: str, *, columns: int = 1, rows: int = 1) -> None:
        """Adds a cell to the row, in the first column that no cell from above reaches into."""
        row = self._rows[-1]
        while self._taken.get(len(row)) and len(row) < _MOST_COLUMNS:
            row.append("")
        columns = min(max(columns, 1), _MOST_COLUMNS)
        for column in range(len(row), len(row) + columns):
            self._taken[column] = max(rows, 1)
        row.extend([words, *[""] * (columns - 1)])

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows as far as they are filled."""
        return [tuple(row) for row in self._rows]

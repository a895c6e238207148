"""From the cells of tables to rows of text, over the ends of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers import lines as look
from ingest.readers.building import Row, Table
from ingest.readers.pdf.paragraphs import Paragraph, body_size, paragraphs
from ingest.readers.pdf.segments import joined
from ingest.readers.pdf.tables import Grid, GridCell
from ingest.readers.pdf.words import Line

_ALIGNED = 4.0
"""Points by which the columns of a table may move from page to page."""
_HEADER_WORDS = 12
"""A cell that heads a column has no more words."""


def tables(grids: Sequence[Grid], known: frozenset[str]) -> Iterator[Table]:
    """The tables that stand one after the other; one that a page's end tore is one again.

    `known` are the words of the document, by which broken ones are mended.
    """
    run: list[Grid] = []
    for grid in grids:
        if run and not _continues(run[-1], grid):
            yield _table(run, known)
            run = []
        run.append(grid)
    if run:
        yield _table(run, known)


def _continues(before: Grid, grid: Grid) -> bool:
    """Whether a table goes on from the page before, in the same columns."""
    if grid.page != before.page + 1 or len(grid.columns) != len(before.columns):
        return False
    return all(
        abs(first - second) <= _ALIGNED
        for first, second in zip(before.columns, grid.columns, strict=True)
    )


def _table(grids: Sequence[Grid], known: frozenset[str]) -> Table:
    rows = [row for grid in grids for row in _rows(grid, known)]
    header = rows[0].cells
    # A header that is printed again on each page heads the same columns.
    kept = [row for at, row in enumerate(rows) if not at or row.cells != header]
    return Table(tuple(kept), headers=int(len(kept) > 1 and is_header(header)))


def _rows(grid: Grid, known: frozenset[str]) -> Iterator[Row]:
    for row in grid.rows:
        texts = {cell.column: _text(cell, known) for cell in row}
        columns = range(len(grid.columns) - 1)
        yield Row(tuple(texts.get(column, "") for column in columns), grid.page)


def _text(cell: GridCell, known: frozenset[str]) -> str:
    """The paragraphs of a cell, each on a line of its own."""
    lines = [replace(line, column=cell.box) for line in joined([Line(cell.words)])]
    parts = paragraphs(lines, body_size(cell.words))
    texts = (part.text(known) for part in parts if isinstance(part, Paragraph))
    return "\n".join(text[look.bullet(text) :] for text in texts)


def is_header(cells: Sequence[str]) -> bool:
    """Whether the first row heads its columns: with a few words each, and none left out."""
    return all(cell and len(cell.split()) <= _HEADER_WORDS for cell in cells) and not any(
        look.ends_sentence(cell) and not cell.endswith(":") for cell in cells
    )

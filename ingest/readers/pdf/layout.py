"""The lines of a page in reading order, its tables among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from ingest.readers.pdf.bare import with_bare_tables
from ingest.readers.pdf.columns import column_edges, in_reading_order
from ingest.readers.pdf.segments import segments
from ingest.readers.pdf.tables import Grid
from ingest.readers.pdf.words import Line, Page, Slot, Word

Flow = Line | Grid
"""What a page holds, in reading order."""


def flows_of(
    pages: Iterable[Page],
    tables: Mapping[int, Sequence[Grid]],
    left_out: Mapping[int, frozenset[Word]],
    body: float,
) -> Iterator[Flow]:
    """The lines and `tables` of all pages in reading order, without the words `left_out`.

    Both are given by the page's number; `body` is the size of the running text.
    """
    known: frozenset[float] = frozenset()
    for page in pages:
        out = left_out.get(page.number, frozenset())
        flow = list(_flow_of(page, tables[page.number], out, body, known))
        yield from flow
        known = column_edges(each for each in flow if isinstance(each, Line))


def _flow_of(
    page: Page,
    tables: Sequence[Grid],
    left_out: frozenset[Word],
    body: float,
    known: frozenset[float],
) -> Iterator[Flow]:
    """The same of one page; `known` are the edges of the columns on the page before."""
    # A table at the edge of the page may be its header.
    grids = [grid for grid in tables if not left_out.issuperset(grid.words)]
    held = {word for grid in grids for word in grid.words}
    free = [word for word in page.words if word not in left_out and word not in held]
    slots = (slot for at, grid in enumerate(grids) for slot in _slots(grid, at, body))
    lines = in_reading_order(segments([*free, *slots]), known)
    yield from _with_bare(_placed(lines, grids))


def _with_bare(flow: Iterable[Flow]) -> Iterator[Flow]:
    """The lines and tables of a page, with those tables that have no rules."""
    for is_grid, group in groupby(flow, key=lambda each: isinstance(each, Grid)):
        if is_grid:
            yield from group
        else:
            yield from with_bare_tables(each for each in group if isinstance(each, Line))


def _slots(grid: Grid, number: int, body: float) -> Iterator[Slot]:
    """Wordless lines in place of a table, so that no column runs through it."""
    box = grid.box
    baseline = box.top + body
    while baseline <= max(box.bottom, box.top + body):
        yield Slot(
            text="",
            left=box.left,
            right=box.right,
            baseline=baseline,
            size=body,
            bold=False,
            page=grid.page,
            table=number,
        )
        baseline += 1.2 * body


def _placed(lines: Iterable[Line], grids: Sequence[Grid]) -> Iterator[Flow]:
    """The lines with each table once, where its first slot came."""
    seen: set[int] = set()
    for line in lines:
        slots = [word for word in line.words if isinstance(word, Slot)]
        for slot in slots:
            if slot.table not in seen:
                seen.add(slot.table)
                yield grids[slot.table]
        rest = tuple(word for word in line.words if not isinstance(word, Slot))
        if rest:
            yield Line(rest, line.column) if slots else line

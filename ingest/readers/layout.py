"""Tables that hold data, told from those that only lay out a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.blocks import BlockKind
from ingest.readers.building import Found, Written

Cells = Sequence[Sequence[Sequence[Found]]]
"""What each cell of each row holds."""


def is_data(cells: Cells) -> bool:
    """Whether it has two rows and two columns at least, and no headings or tables in its cells."""
    held = (found for row in cells for cell in row for found in cell)
    is_plain = all(
        isinstance(found, Written) and found.kind is not BlockKind.HEADING for found in held
    )
    return is_plain and len(cells) > 1 and any(len(row) > 1 for row in cells)


def laid_out(cells: Cells) -> Iterator[Found]:
    """What a table that holds no data lays out, cell after cell."""
    return (found for row in cells for cell in row for found in cell)

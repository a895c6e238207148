"""Tables of a page: those that hold data, told from those that only lay it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from ingest.blocks import BlockKind
from ingest.readers.building import Found, Row, Table, Written
from ingest.readers.grids import Grid
from ingest.readers.lines import has_words

_LAYOUT = "table, h1, h2, h3, h4, h5, h6"
"""What stands in the cells of a table that lays out a page, and in no cell of data."""
_BREAKS = frozenset("br p div li ul ol dt dd".split())
_SPACE = re.compile(r"\s+")


def is_data_table(node: LexborNode) -> bool:
    """Whether it is a table of at least two rows and two columns of data."""
    if node.tag != "table" or node.attributes.get("role") in ("presentation", "none"):
        return False
    if any(inner.mem_id != node.mem_id for inner in node.css(_LAYOUT)):
        return False
    rows = node.css("tr")
    return len(rows) > 1 and any(len(list(_cells(row))) > 1 for row in rows)


def table_of(node: LexborNode) -> Iterator[Found]:
    """The caption and the rows of a data table."""
    caption = node.css_first("caption")
    if caption is not None and has_words(caption.text()):
        yield Written(BlockKind.PARAGRAPH, caption.text())
    grid = Grid()
    rows = node.css("tr")
    for row in rows:
        grid.begin_row()
        for cell in _cells(row):
            grid.add(_words(cell), columns=_count(cell, "colspan"), rows=_count(cell, "rowspan"))
    yield Table(tuple(Row(cells) for cells in grid.rows), headers=_headers(rows))


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (node for node in row.iter() if node.tag in ("td", "th"))


def _headers(rows: list[LexborNode]) -> int:
    """How many of the first rows head the columns: those of `thead`, or else of `th` only."""
    heads = 0
    for row in rows:
        in_head = row.parent is not None and row.parent.tag == "thead"
        if not in_head and not all(cell.tag == "th" for cell in _cells(row)):
            break
        heads += 1
    return heads if heads < len(rows) else 0


def _count(cell: LexborNode, attribute: str) -> int:
    stated = cell.attributes.get(attribute) or "1"
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 4 else 1


def _words(cell: LexborNode) -> str:
    """The words of a cell, its paragraphs and items on lines of their own."""
    parts = []
    for node in cell.traverse(include_text=True):
        if node.is_text_node:
            parts.append(_SPACE.sub(" ", node.text_content or ""))
        elif node.tag in _BREAKS:
            parts.append("\n")
    return "".join(parts)

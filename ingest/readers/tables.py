"""Tables in plain text and Markdown: which cells their rows have, and what heads the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.models import Span
from ingest.blocks import Block, BlockKind, Cell
from ingest.readers.lines import cells, has_words, is_table_rule


def in_tables(blocks: Sequence[Block], text: str) -> list[Block]:
    """The blocks, rows with their cells; a row above a rule heads the columns of its table.

    So does the first of rows in columns, whose cells are known by their place.
    """
    found: list[Block] = []
    headers: dict[int, Span] = {}
    for place, block in enumerate(blocks):
        words = block.words.of(text)
        if block.kind is BlockKind.TABLE_ROW and has_words(words):
            is_header = _has_rule_below(blocks, place, text) or bool(block.cells and not headers)
            row = _row(block, {} if is_header else headers, text)
            headers = _columns(row) if is_header else headers
            found.append(replace(row, header=is_header))
            continue
        if has_words(words):
            headers = {}
        found.append(block)
    return found


def _has_rule_below(blocks: Sequence[Block], place: int, text: str) -> bool:
    return place + 1 < len(blocks) and is_table_rule(blocks[place + 1].words.of(text))


def _row(block: Block, headers: dict[int, Span], text: str) -> Block:
    found = block.cells or _barred(block, text)
    held = tuple(
        replace(cell, header=headers.get(cell.column))
        for cell in found
        if has_words(cell.span.of(text))
    )
    words = Span(start=held[0].span.start, end=held[-1].span.end)
    return replace(block, words=words, cells=held)


def _barred(block: Block, text: str) -> list[Cell]:
    """The cells that bars part, by their order."""
    start = block.words.start
    found = enumerate(cells(block.words.of(text)))
    return [Cell(Span(start=start + a, end=start + b), column) for column, (a, b) in found]


def _columns(row: Block) -> dict[int, Span]:
    return {cell.column: cell.span for cell in row.cells}

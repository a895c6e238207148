"""Tables in plain text and Markdown: which cells their rows have, and what heads the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.models import Span
from ingest.blocks import Block, BlockKind, Cell
from ingest.readers.lines import cells, has_words, is_table_rule


def in_tables(blocks: Sequence[Block], text: str) -> list[Block]:
    """The blocks, rows with their cells; a row above a rule heads the columns of its table."""
    found: list[Block] = []
    headers: dict[int, Span] = {}
    for place, block in enumerate(blocks):
        words = block.words.of(text)
        if block.kind is BlockKind.TABLE_ROW and has_words(words):
            is_header = _has_rule_below(blocks, place, text)
            row = _row(block, {} if is_header else headers, text)
            headers = _columns(row) if is_header else headers
            found.append(replace(row, header=is_header))
            continue
        if not is_table_rule(words):
            headers = {}
        found.append(block)
    return found


def _has_rule_below(blocks: Sequence[Block], place: int, text: str) -> bool:
    return place + 1 < len(blocks) and is_table_rule(blocks[place + 1].words.of(text))


def _row(block: Block, headers: dict[int, Span], text: str) -> Block:
    spans = [
        Span(start=block.words.start + start, end=block.words.start + end)
        for start, end in cells(block.words.of(text))
    ]
    held = tuple(
        Cell(span, column, headers.get(column))
        for column, span in enumerate(spans)
        if has_words(span.of(text))
    )
    words = Span(start=held[0].span.start, end=held[-1].span.end)
    return replace(block, words=words, cells=held)


def _columns(row: Block) -> dict[int, Span]:
    return {cell.column: cell.span for cell in row.cells}

"""Headings of a file that marks none: lines that look like headings, as in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block, BlockKind
from ingest.readers.pieces import Form, Piece
from ingest.readers.shapes import shaped

_FORMS = {
    BlockKind.HEADING: Form.HEADING,
    BlockKind.PARAGRAPH: Form.PLAIN,
    BlockKind.LIST_ITEM: Form.ITEM,
    BlockKind.TABLE_ROW: Form.ROW,
}


def with_headings(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, paragraphs that look like headings made headings where there are no others."""
    if any(block.kind is BlockKind.HEADING for block in blocks):
        return list(blocks)
    pieces = shaped([_piece(text, block) for block in blocks], text)
    return [
        replace(block, kind=BlockKind.HEADING) if _is_heading(block, piece) else block
        for block, piece in zip(blocks, pieces, strict=True)
    ]


def _piece(text: str, block: Block) -> Piece:
    return Piece(
        form=_FORMS[block.kind],
        start=block.span.start,
        end=block.span.end,
        words_start=block.words.start,
        words_end=block.words.end,
        indent=0,
        page=block.page or 1,
        last=block.words.of(text),
        number=block.number,
        first=True,
        alone=True,
    )


def _is_heading(block: Block, piece: Piece) -> bool:
    is_prose = block.kind is BlockKind.PARAGRAPH and block.level is None
    return is_prose and piece.form is Form.HEADING

"""What a reader found, as lines that a person can check against the page."""

from __future__ import annotations

from ingest.blocks import Block, BlockKind, ReadFile
from ingest.readers import read

_SIGNS = {BlockKind.PARAGRAPH: "p", BlockKind.LIST_ITEM: "li", BlockKind.TABLE_ROW: "tr"}


def lines(name: str, data: bytes) -> list[str]:
    """Each block of a file as a line: what it is, its level, its words."""
    file = read(name, data)
    return [_line(file, block) for block in file.blocks]


def _line(file: ReadFile, block: Block) -> str:
    sign = _SIGNS.get(block.kind, "h")
    level = "" if block.level is None else str(block.level)
    return f"{sign}{level} {_words(file, block)}"


def _words(file: ReadFile, block: Block) -> str:
    if block.kind is not BlockKind.TABLE_ROW:
        return block.words.of(file.text)
    named = (
        f"{cell.header.of(file.text)}: {cell.span.of(file.text)}"
        if cell.header
        else cell.span.of(file.text)
        for cell in block.cells
    )
    return " / ".join(named)

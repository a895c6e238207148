"""A canonical text and its blocks from what a reader found in a file that is no plain text.

The canonical form: blocks in reading order with a blank line between them, the items of one list
and the rows of one table on lines of their own, the cells of a row parted by ' | '. White space is
folded, and nothing stands in the text that isn't printed: no bullet, no hash, no rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.models import Span
from ingest.blocks import Block, BlockKind, Cell
from ingest.readers import lines as look
from ingest.readers.unmarked import with_headings

_BLANK_LINE = "\n\n"
_NEW_LINE = "\n"
CELL_GAP = " | "
"""What parts the cells of a row."""

_UNSEEN = {ord(sign): None for sign in "\u00ad\u200b\u2060\ufeff"}
"""Soft hyphens and other signs without width, which would tear words apart in a search."""
_UNSEEN |= {code: None for code in (*range(9), *range(14, 32), *range(127, 160)) if code != 0x85}
"""Control characters, which are printed by nothing."""


@dataclass(frozen=True, slots=True)
class Written:
    """A heading, a paragraph or a list item as it was found, its marks left out.

    A newline in `text` is a line break that the author set. `level` is as in `Block`: of a
    heading the level that the file states, or None where only its look tells; of an item its
    nesting from 1; of a paragraph the nesting of the item that it continues. `strong` is whether
    all of it is in bold type or larger than the text around it.
    """

    kind: BlockKind
    text: str
    level: int | None = None
    page: int | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, one for each column, '' where there is none.

    A cell that is merged stands in the first of its columns and the first of its rows. A newline
    in a cell parts its paragraphs.
    """

    cells: tuple[str, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table; the first `headers` of them head its columns."""

    rows: tuple[Row, ...]
    headers: int = 0


Found = Written | Table
"""What a reader hands to `build`, in reading order."""


@dataclass(frozen=True, slots=True)
class Built:
    """A canonical text and its blocks."""

    text: str
    blocks: tuple[Block, ...]


def build(found: Iterable[Found]) -> Built:
    """The canonical text and the blocks of what was found; what has no words is left out."""
    canonical = _Canonical()
    for each in found:
        if isinstance(each, Table):
            canonical.add_table(each)
        else:
            canonical.add(each)
    text = "".join(canonical.parts)
    return Built(text, tuple(with_headings(text, canonical.blocks)))


def folded(text: str) -> str:
    """The text with white space folded in each line, and without empty lines or unseen signs."""
    lines = text.translate(_UNSEEN).replace("\r", "").split("\n")
    return _NEW_LINE.join(" ".join(line.split()) for line in lines if line.strip())


@dataclass(slots=True)
class _Canonical:
    """The text as far as it is written, and the blocks in it."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    size: int = 0

    def add(self, written: Written) -> None:
        text = folded(written.text)
        if not look.has_words(text):
            return
        kind, words = _typed(written, text)
        in_list = kind is BlockKind.LIST_ITEM and self._ends_in(BlockKind.LIST_ITEM)
        span = self._append(words, _NEW_LINE if in_list else _BLANK_LINE)
        is_item = kind is BlockKind.LIST_ITEM
        block = Block(
            kind=kind,
            span=span,
            words=span,
            level=written.level or 1 if is_item else written.level,
            number=None if is_item else look.number(words),
            page=written.page,
        )
        self.blocks.append(block)

    def add_table(self, table: Table) -> None:
        headers: dict[int, Span] = {}
        gap = _BLANK_LINE
        for place, row in enumerate(table.rows):
            cells = self._write_row(row, headers, gap)
            if not cells:
                continue
            gap = _NEW_LINE
            span = Span(start=cells[0].span.start, end=cells[-1].span.end)
            is_header = place < table.headers
            if is_header:
                headers |= {cell.column: cell.span for cell in cells}
            block = Block(
                kind=BlockKind.TABLE_ROW,
                span=span,
                words=span,
                page=row.page,
                cells=cells,
                header=is_header,
            )
            self.blocks.append(block)

    def _write_row(self, row: Row, headers: dict[int, Span], gap: str) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for column, cell in enumerate(row.cells):
            words = folded(cell)
            if look.has_words(words):
                span = self._append(words, CELL_GAP if cells else gap)
                cells.append(Cell(span, column, headers.get(column)))
        return tuple(cells)

    def _append(self, words: str, gap: str) -> Span:
        gap = gap if self.parts else ""
        self.parts += (gap, words)
        start = self.size + len(gap)
        self.size = start + len(words)
        return Span(start=start, end=self.size)

    def _ends_in(self, kind: BlockKind) -> bool:
        return bool(self.blocks) and self.blocks[-1].kind is kind


def _typed(written: Written, text: str) -> tuple[BlockKind, str]:
    """The kind and the words of what may have a bullet that was typed, or bold type for a style."""
    kind = written.kind
    if bullet := look.bullet(text):
        rest = text[bullet:]
        is_paragraph = kind is BlockKind.PARAGRAPH and look.number(rest) is None
        return (BlockKind.LIST_ITEM if is_paragraph else kind), rest
    is_prose = kind is BlockKind.PARAGRAPH and written.level is None
    if is_prose and written.strong and look.looks_like_heading(text):
        return BlockKind.HEADING, text
    return kind, text

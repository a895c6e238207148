"""Plain text and Markdown: from the decoded file, unchanged, to headings, paragraphs and items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.models import Span
from ingest.blocks import Block, BlockKind, Cell, ReadFile
from ingest.errors import EmptyFileError
from ingest.readers.columns import with_columns_marked
from ingest.readers.counts import counted
from ingest.readers.decoding import decode
from ingest.readers.furniture import with_furniture_marked
from ingest.readers.lines import Line, has_words, iter_lines
from ingest.readers.mending import mend
from ingest.readers.pieces import Form, Piece, pieces
from ingest.readers.shapes import shaped
from ingest.readers.tables import in_tables


def read_text(name: str, data: bytes) -> ReadFile:
    """Reads plain text or Markdown; the canonical text is the decoded file, unchanged.

    Raises:
        EmptyFileError: there are no words in it.
        UndecodableFileError: it is in no known encoding, or no text at all.
    """
    text, note = decode(name, data)
    if not has_words(text):
        raise EmptyFileError(f"{name} holds no words: check that it is the file you meant.")
    lines = with_columns_marked(with_furniture_marked(list(iter_lines(text))))
    paged = "\f" in text
    blocks = _blocks(lines, text, paged=paged)
    return ReadFile(
        text=text,
        blocks=tuple(mend(text, blocks)),
        pages=lines[-1].page if paged else None,
        notes=(note,) if note else (),
        left_out=_left_out(lines),
    )


def _left_out(lines: Sequence[Line]) -> tuple[str, ...]:
    count = sum(line.furniture for line in lines)
    return (counted("line of page headers, footers and numbers", count),) if count else ()


def _blocks(lines: Sequence[Line], text: str, *, paged: bool) -> list[Block]:
    found = shaped(pieces(lines), text)
    # Ornaments go last: an item or a heading may be all that a rule can be joined to.
    nested = in_tables([_block(piece, level) for piece, level in _nested(found)], text)
    if not paged:
        nested = [replace(block, page=None) for block in nested]
    said = [piece.form is not Form.RULE for piece in found]
    return _without_ornaments(nested, said)


_KINDS = {
    Form.HEADING: BlockKind.HEADING,
    Form.ITEM: BlockKind.LIST_ITEM,
    Form.ROW: BlockKind.TABLE_ROW,
}


def _block(piece: Piece, level: int | None) -> Block:
    return Block(
        kind=_KINDS.get(piece.form, BlockKind.PARAGRAPH),
        span=Span(start=piece.start, end=piece.end),
        words=Span(start=piece.words_start, end=piece.words_end),
        level=level,
        number=piece.number,
        page=piece.page,
        indent=piece.indent,
        cells=tuple(Cell(Span(start=start, end=end), at) for at, start, end in piece.cells),
    )


def _nested(found: Sequence[Piece]) -> Iterator[tuple[Piece, int | None]]:
    """Each piece with its level: a stack of the indents of the list items that are open."""
    open_indents: list[int] = []
    for piece in found:
        if piece.form is Form.HEADING:
            open_indents.clear()
            yield piece, piece.level
        elif piece.form is Form.ITEM:
            while open_indents and open_indents[-1] >= piece.indent:
                open_indents.pop()
            open_indents.append(piece.indent)
            yield piece, len(open_indents)
        else:
            while open_indents and open_indents[-1] >= piece.indent:
                open_indents.pop()
            yield piece, len(open_indents) or None


def _without_ornaments(blocks: Sequence[Block], said: Sequence[bool]) -> list[Block]:
    """What says nothing, a rule or a running head, becomes part of the block before, or else after.

    `said` is whether each block says something.
    """
    kept: list[Block] = []
    pending: int | None = None
    for block, says in zip(blocks, said, strict=True):
        if not says:
            if kept:
                kept[-1] = replace(kept[-1], span=_joined(kept[-1].span, block.span))
            elif pending is None:
                pending = block.span.start
            continue
        start = block.span.start if pending is None else pending
        kept.append(replace(block, span=Span(start=start, end=block.span.end)))
        pending = None
    return kept


def _joined(first: Span, last: Span) -> Span:
    return Span(start=first.start, end=last.end)

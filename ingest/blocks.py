"""What every reader gives: a canonical text and its blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.models import Span


class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell of a row; `column` counts from 0.

    `header` is where the text heads its column, None where the table has no header there.
    """

    span: Span
    column: int
    header: Span | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a row of a table.

    `span` holds every character of the block, `words` only what it says: without the bullet, the
    hashes or the underline that mark it. `level` is the depth that the file itself states: 1 is the
    highest; of a heading None where only its look tells; of a list item its nesting; of a paragraph
    the nesting of the list item that it continues, None where it continues none. `number` is the
    printed number of a heading or paragraph, such as '4.1'. `page` counts from 1;
    `indent` is in columns, 0 where the format has none. `cells` are those of a row that hold words,
    in order, inside its words; `header` is whether the row heads the columns below it.
    """

    kind: BlockKind
    span: Span
    words: Span
    level: int | None = None
    number: str | None = None
    page: int | None = None
    indent: int = 0
    cells: tuple[Cell, ...] = ()
    header: bool = False


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read. Blocks are disjoint, in order, and hold every character but white space.

    `notes` say what was degraded, one sentence each; `whole` is False where text was lost.
    `left_out` counts what is no part of the document's text, such as '3 page headers'. `title` is
    the one that the file's own properties give, which is often somebody's template's.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    notes: tuple[str, ...] = ()
    whole: bool = True
    left_out: tuple[str, ...] = ()
    title: str | None = None

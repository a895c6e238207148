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


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list item.

    `span` holds every character of the block, `words` only what it says: without the bullet, the
    hashes or the underline that mark it. `level` is the depth that the file itself states: 1 is the
    highest; of a heading None where only its look tells; of a list item its nesting; of a paragraph
    the nesting of the list item that it continues, None where it continues none. `number` is the
    printed number of a heading or paragraph, such as '4.1'. `page` counts from 1;
    `indent` is in columns, 0 where the format has none.
    """

    kind: BlockKind
    span: Span
    words: Span
    level: int | None = None
    number: str | None = None
    page: int | None = None
    indent: int = 0


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read. Blocks are disjoint, in order, and hold every character but white space.

    `notes` say what was degraded, one sentence each; `whole` is False where text was lost.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    notes: tuple[str, ...] = ()
    whole: bool = True

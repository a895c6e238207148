"""What each part of a document is: a heading, an item, an entry of the contents, prose, a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from ingest.blocks import BlockKind
from ingest.readers import lines as look
from ingest.readers.building import Found, Written
from ingest.readers.pdf.contents import Entry, contents_of, outline_of
from ingest.readers.pdf.headings import Body, heading_levels
from ingest.readers.pdf.hyphens import vocabulary
from ingest.readers.pdf.layout import Flow
from ingest.readers.pdf.opening import Bookmark
from ingest.readers.pdf.paragraphs import Paragraph, body_size, paragraphs
from ingest.readers.pdf.rows import tables
from ingest.readers.pdf.tables import Grid
from ingest.readers.pdf.words import Line

_SAME_LEFT = 3.0
"""Points by which the marks of items of one level may differ."""


def written(flow: Sequence[Flow], outline: Sequence[Bookmark], pages: int) -> Iterator[Found]:
    """The parts of a document of so many pages, with their kinds and levels.

    Where it has no `outline` of its own, its contents pages tell the levels of headings.
    """
    lines = [each for each in flow if isinstance(each, Line)]
    contents = contents_of(lines, pages)
    body = _body(lines)
    known = vocabulary(line.text for line in lines)
    parts = paragraphs(flow, body.size, frozenset(contents))
    found = [part for part in parts if isinstance(part, Paragraph)]
    texts = [paragraph.text(known) for paragraph in found]
    levels = heading_levels(found, texts, body, outline or outline_of(lines, contents))
    typed = _typed(found, texts, levels, contents)
    for is_table, run in groupby(parts, key=lambda part: isinstance(part, Grid)):
        if is_table:
            yield from tables([part for part in run if isinstance(part, Grid)], known)
        else:
            yield from islice(typed, len(list(run)))


def _body(lines: Sequence[Line]) -> Body:
    size = body_size(word for line in lines for word in line.words)
    bold = sum(len(line.text) for line in lines if line.bold)
    return Body(size, bold > sum(len(line.text) for line in lines) / 2)


def _typed(
    found: Sequence[Paragraph],
    texts: Sequence[str],
    levels: Mapping[int, int],
    contents: Mapping[int, Entry],
) -> Iterator[Written]:
    nesting = _Nesting()
    for at, (paragraph, text) in enumerate(zip(found, texts, strict=True)):
        page = paragraph.first.page
        if entry := contents.get(id(paragraph.first)):
            yield Written(BlockKind.LIST_ITEM, f"{entry.title} {entry.page}", 1, page)
        elif at in levels:
            nesting.end()
            yield Written(BlockKind.HEADING, text, levels[at], page)
        elif paragraph.marked and "." not in (look.number(text) or ""):
            yield Written(BlockKind.LIST_ITEM, text, nesting.item(paragraph), page)
        else:
            yield Written(BlockKind.PARAGRAPH, text, nesting.continued(paragraph), page)


@dataclass(slots=True)
class _Nesting:
    """The left edges of the items that are open: of their marks, and of their words."""

    marks: list[float] = field(default_factory=list)
    words: list[float] = field(default_factory=list)

    def end(self) -> None:
        """Closes all lists."""
        self.marks.clear()
        self.words.clear()

    def item(self, paragraph: Paragraph) -> int:
        """The level of an item, from 1."""
        left = _left(paragraph)
        while self.marks and self.marks[-1] >= left - _SAME_LEFT:
            self.marks.pop()
            self.words.pop()
        self.marks.append(left)
        self.words.append(left + paragraph.words_left - paragraph.first.left)
        return len(self.marks)

    def continued(self, paragraph: Paragraph) -> int | None:
        """The level of the item that a paragraph goes on with; None where it ends the list."""
        left = _left(paragraph)
        while self.words and left < self.words[-1] - _SAME_LEFT:
            self.marks.pop()
            self.words.pop()
        return len(self.words) or None


def _left(paragraph: Paragraph) -> float:
    """How far it stands from the left edge of its column."""
    column = paragraph.first.column
    return paragraph.first.left - (column.left if column else 0.0)

"""From the body of an OpenDocument text to headings, paragraphs, items and tables, in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.blocks import BlockKind
from ingest.readers.building import Found, Row, Table, Written
from ingest.readers.layout import is_data, laid_out
from ingest.readers.numerals import Mark
from ingest.readers.odt.numbering import Numbering
from ingest.readers.odt.styles import Styles
from ingest.readers.runs import Runs
from ingest.readers.xmltree import local, value, whole

_INDEXES = frozenset(
    "table-of-content illustration-index table-index object-index user-index alphabetical-index"
    " bibliography".split()
)
_NOT_PRINTED = frozenset(
    "tracked-changes sequence-decls variable-decls user-field-decls forms annotation hidden-text"
    " annotation-end note-citation desc title".split()
)
_AROUND_BLOCKS = frozenset("section numbered-paragraph text-box note-body".split())
_AROUND_ROWS = frozenset("table-header-rows table-rows table-row-group".split())
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_REPEATED = 200
"""A cell or a row is repeated at most so often; spreadsheets repeat empty ones by the thousand."""


@dataclass(slots=True)
class Body:
    """Reads the elements of a document; `left_out` grows as it does."""

    styles: Styles
    numbering: Numbering
    left_out: Counter[str] = field(default_factory=Counter)
    _notes: list[etree._Element] = field(default_factory=list)
    _boxes: list[etree._Element] = field(default_factory=list)

    def read(self, text: etree._Element) -> Iterator[Found]:
        """What the document holds; the notes of a section stand at its end."""
        for found in self._blocks(text, 0):
            if isinstance(found, Written) and found.kind is BlockKind.HEADING:
                yield from self._take_notes()
            yield found
        yield from self._take_notes()

    def _take_notes(self) -> Iterator[Found]:
        while self._notes:
            yield from self._blocks(self._notes.pop(0), 0)

    def _blocks(self, container: etree._Element, depth: int) -> Iterator[Found]:
        """The blocks in an element; `depth` counts the lists around them."""
        for element in container:
            tag = local(element.tag)
            if tag in ("p", "h"):
                yield from self._paragraph(element, depth)
            elif tag == "list":
                yield from self._list(element, depth + 1, "")
            elif tag == "table":
                yield from self._table(element)
            elif tag == "frame":
                yield from (found for box in _text_boxes(element) for found in self._blocks(box, 0))
            elif tag in _INDEXES:
                self.left_out["page of contents"] += 1
            elif tag in _AROUND_BLOCKS:
                yield from self._blocks(element, depth)

    def _list(self, element: etree._Element, depth: int, outer: str) -> Iterator[Found]:
        """The items of a list; one inside another has the style of the `outer` one."""
        style = value(element, "style-name") or outer
        if not outer:
            self.numbering.begin(style, element)
        for item in element:
            opens_item = local(item.tag) == "list-item"
            for each in item:
                if local(each.tag) in ("p", "h"):
                    mark = self.numbering.item(style, item, depth) if opens_item else None
                    yield from self._paragraph(each, depth, mark)
                    opens_item = False
                elif local(each.tag) == "list":
                    yield from self._list(each, depth + 1, style)

    def _paragraph(
        self, paragraph: etree._Element, depth: int, mark: Mark | None = None
    ) -> Iterator[Found]:
        """What a paragraph holds; `mark` is that of the item which it opens."""
        runs = Runs()
        self._read(paragraph, runs, paragraph, [])
        boxes, self._boxes = self._boxes, []
        if runs.has_words:
            yield self._written(paragraph, runs, depth, mark)
        for box in boxes:
            yield from self._blocks(box, 0)

    def _written(
        self, paragraph: etree._Element, runs: Runs, depth: int, mark: Mark | None
    ) -> Written:
        strong, text = runs.strong, runs.take()
        if (level := self.styles.heading_level(paragraph)) is not None:
            if not depth:
                mark = self.numbering.heading(paragraph, level)
            return Written(BlockKind.HEADING, (mark or Mark()).before(text), level)
        if mark and mark.outline:
            # '3.4' is how people cite a paragraph; the number of a mere item is only its place.
            return Written(BlockKind.PARAGRAPH, mark.before(text))
        if mark:
            return Written(BlockKind.LIST_ITEM, text, depth)
        return Written(BlockKind.PARAGRAPH, text, depth or None, strong=strong)

    def _read(
        self,
        element: etree._Element,
        runs: Runs,
        paragraph: etree._Element,
        spans: list[etree._Element],
    ) -> None:
        """Gathers the words in an element; `spans` are those around it, the innermost last."""
        strong = self.styles.is_strong(paragraph, spans)
        runs.add(_SPACE.sub(" ", element.text or ""), strong=strong)
        for each in element:
            self._read_inline(each, runs, paragraph, spans)
            runs.add(_SPACE.sub(" ", each.tail or ""), strong=strong)

    def _read_inline(
        self,
        element: etree._Element,
        runs: Runs,
        paragraph: etree._Element,
        spans: list[etree._Element],
    ) -> None:
        tag = local(element.tag)
        if tag in ("s", "tab"):
            runs.add(" ")
        elif tag == "line-break":
            runs.add("\n")
        elif tag == "note":
            self._notes.extend(each for each in element if local(each.tag) == "note-body")
        elif tag in ("frame", "custom-shape", "g"):
            self._boxes.extend(_text_boxes(element))
        elif tag == "span" and self.styles.is_hidden(element):
            return
        elif tag not in _NOT_PRINTED:
            inner = [*spans, element] if tag == "span" else spans
            self._read(element, runs, paragraph, inner)

    def _table(self, table: etree._Element) -> Iterator[Found]:
        rows = list(_rows(table))
        cells = [list(self._cells(row)) for row, _ in rows]
        if not is_data(cells):
            yield from laid_out(cells)
            return
        headers = sum(in_header for _, in_header in rows)
        texts = [tuple(map(_text, row)) for row in cells]
        yield Table(tuple(map(Row, texts)), headers=headers if headers < len(rows) else 0)

    def _cells(self, row: etree._Element) -> Iterator[list[Found]]:
        """What each cell of a row holds; one that another covers holds nothing."""
        for cell in row:
            if local(cell.tag) not in ("table-cell", "covered-table-cell"):
                continue
            is_covered = local(cell.tag) == "covered-table-cell"
            found = [] if is_covered else list(self._blocks(cell, 0))
            for _ in range(min(whole(cell, "number-columns-repeated") or 1, _MOST_REPEATED)):
                yield found


def _text(blocks: list[Found]) -> str:
    return "\n".join(each.text for each in blocks if isinstance(each, Written))


def _rows(
    table: etree._Element, *, in_header: bool = False
) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a table, and whether each heads the columns."""
    for each in table:
        tag = local(each.tag)
        if tag == "table-row" and value(each, "visibility") in (None, "visible"):
            yield each, in_header
        elif tag in _AROUND_ROWS:
            yield from _rows(each, in_header=in_header or tag == "table-header-rows")


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a frame; a shape with words in it is one itself."""
    if local(element.tag) == "custom-shape":
        yield element
        return
    for each in element:
        if local(each.tag) == "text-box":
            yield each
        elif local(each.tag) in ("frame", "g", "custom-shape"):
            yield from _text_boxes(each)

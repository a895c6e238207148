"""From the body of a Word document to headings, paragraphs, items and tables, in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.blocks import BlockKind
from ingest.readers.building import Found, Row, Table, Written
from ingest.readers.docx.fields import Fields
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.styles import Styles
from ingest.readers.layout import is_data, laid_out
from ingest.readers.numerals import Mark
from ingest.readers.runs import Runs
from ingest.readers.xmltree import child, is_on, local, value, whole

_AROUND_BLOCKS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_AROUND_RUNS = frozenset(
    ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "dir", "bdo")
)
_SIGNS = {"tab": " ", "cr": "\n", "br": "\n", "noBreakHyphen": "-"}
_NOTE_MARKS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_EMBEDDED = "A part that was embedded from another file was not read: add that file too."


@dataclass(slots=True)
class Body:
    """Reads the elements of a document; `left_out` and `degraded` grow as it does."""

    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, str], etree._Element]
    left_out: Counter[str] = field(default_factory=Counter)
    degraded: list[str] = field(default_factory=list)
    _pending: list[etree._Element] = field(default_factory=list)
    _boxes: list[etree._Element] = field(default_factory=list)
    _runs: Runs = field(default_factory=Runs)
    _fields: Fields = field(default_factory=Fields)

    def read(self, document: etree._Element) -> Iterator[Found]:
        """What the document holds; the notes of a section stand at its end."""
        for found in self._blocks(child(document, "body")):
            if isinstance(found, Written) and found.kind is BlockKind.HEADING:
                yield from self._take_notes()
            yield found
        yield from self._take_notes()

    def _take_notes(self) -> Iterator[Found]:
        while self._pending:
            yield from self._blocks(self._pending.pop(0))

    def _blocks(self, container: etree._Element | None) -> Iterator[Found]:
        for element in container if container is not None else ():
            tag = local(element.tag)
            if tag == "p":
                yield from self._paragraph(element)
            elif tag == "tbl":
                yield from self._table(element)
            elif tag == "altChunk":
                self.degraded.append(_EMBEDDED)
            elif tag in _AROUND_BLOCKS:
                yield from self._blocks(element)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Found]:
        in_contents = self._fields.in_contents
        self._read_runs(paragraph, paragraph)
        in_contents = in_contents or self._fields.in_contents
        boxes, self._boxes = self._boxes, []
        if is_on(child(paragraph, "pPr", "rPr"), "del"):
            # Its end was deleted, so that it goes on with the next paragraph.
            return
        if self.styles.is_contents(paragraph) or (in_contents and self._runs.ends_in_number):
            self.left_out["line of contents"] += self._runs.has_words
            self._runs.clear()
        if self._runs.has_words:
            strong = self._runs.strong
            yield self._written(paragraph, self._runs.take(), strong=strong)
        self._runs.clear()
        for box in boxes:
            yield from self._blocks(box)

    def _written(self, paragraph: etree._Element, text: str, *, strong: bool) -> Written:
        level = self.styles.heading_level(paragraph)
        numbered = self.styles.numbering(paragraph)
        mark = self.numbering.mark(*numbered) if numbered else None
        if level is not None:
            return Written(BlockKind.HEADING, (mark or Mark()).before(text), level)
        if mark and numbered:
            # '3.4' is how people cite a paragraph; the number of a mere item is only its place.
            if mark.outline:
                return Written(BlockKind.PARAGRAPH, mark.before(text))
            return Written(BlockKind.LIST_ITEM, text, numbered[1] + 1)
        continued = self.styles.continues_item(paragraph)
        return Written(BlockKind.PARAGRAPH, text, continued, strong=strong)

    def _read_runs(self, element: etree._Element, paragraph: etree._Element) -> None:
        for each in element:
            tag = local(each.tag)
            if tag == "r":
                self._read_run(each, paragraph)
            elif tag in _AROUND_RUNS:
                self._read_runs(each, paragraph)
            elif tag in ("oMath", "oMathPara"):
                self._runs.add("".join(each.itertext()))

    def _read_run(self, run: etree._Element, paragraph: etree._Element) -> None:
        if is_on(child(run, "rPr"), "vanish"):
            return
        strong = self.styles.is_strong(run, paragraph)
        for each in run:
            tag = local(each.tag)
            if tag == "t":
                self._runs.add(each.text or "", strong=strong)
            elif tag in _SIGNS:
                self._runs.add(_sign(each))
            elif tag in ("fldChar", "instrText"):
                self._fields.read(each)
            elif tag in _NOTE_MARKS:
                self._add_note(_NOTE_MARKS[tag], value(each, "id") or "")
            elif tag in ("drawing", "pict", "object", "AlternateContent"):
                self._boxes.extend(_text_boxes(each))

    def _add_note(self, kind: str, key: str) -> None:
        if (kind, key) in self.notes:
            self._pending.append(self.notes[kind, key])

    def _table(self, table: etree._Element) -> Iterator[Found]:
        rows = [each for each in table.iterchildren() if local(each.tag) == "tr"]
        cells = [[self._cell(cell) for cell in _cells(row)] for row in rows]
        if not is_data(cells):
            yield from laid_out(cells)
            return
        texts = [self._row(row, found) for row, found in zip(rows, cells, strict=True)]
        yield Table(tuple(map(Row, texts)), headers=self._headers(table, rows, cells))

    def _cell(self, cell: etree._Element) -> list[Found]:
        merged = child(cell, "tcPr", "vMerge")
        goes_on = merged is not None and value(merged) != "restart"
        return [] if goes_on else list(self._blocks(cell))

    def _row(self, row: etree._Element, found: list[list[Found]]) -> tuple[str, ...]:
        texts: list[str] = []
        for cell, blocks in zip(_cells(row), found, strict=True):
            words = "\n".join(each.text for each in blocks if isinstance(each, Written))
            span = whole(child(cell, "tcPr", "gridSpan")) or 1
            texts.extend([words, *[""] * (min(span, 200) - 1)])
        return tuple(texts)

    def _headers(
        self, table: etree._Element, rows: list[etree._Element], cells: list[list[list[Found]]]
    ) -> int:
        """How many rows head the columns: as marked, else one that is set apart by its look."""
        marked = 0
        while marked < len(rows) and is_on(child(rows[marked], "trPr"), "tblHeader"):
            marked += 1
        if marked:
            return marked if marked < len(rows) else 0
        properties = child(table, "tblPr")
        styled = value(child(properties, "tblLook"), "firstRow") == "1"
        in_style = self.styles.heads_first_row(value(child(properties, "tblStyle")))
        words = [each for cell in cells[0] for each in cell]
        is_bold = bool(words) and all(isinstance(e, Written) and e.strong for e in words)
        return int((styled and in_style) or is_bold)


def _sign(element: etree._Element) -> str:
    """What a sign prints; a break of the page or column breaks no line."""
    is_line = value(element, "type") in (None, "textWrapping")
    return _SIGNS[local(element.tag)] if is_line else " "


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, also those inside content controls."""
    for each in row:
        tag = local(each.tag)
        if tag == "tc":
            yield each
        elif tag in ("sdt", "sdtContent", "customXml"):
            yield from _cells(each)


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing; one that is drawn in two ways for two programs counts once."""
    if local(element.tag) == "AlternateContent":
        choices = [each for each in element if local(each.tag) in ("Choice", "Fallback")]
        for choice in choices:
            if boxes := list(_text_boxes(choice)):
                yield from boxes
                return
        return
    for each in element:
        if local(each.tag) == "txbxContent":
            yield each
        else:
            yield from _text_boxes(each)

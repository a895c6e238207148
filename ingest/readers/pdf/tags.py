"""The structure tree of a tagged PDF (ISO 32000-1, 14.8): what its author says each part is.

An element names the marked content that it holds by number; `Word.tag` has the same numbers.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from ingest.blocks import BlockKind

_LEVELS = {"H": None, "Title": 1, **{f"H{level}": level for level in range(1, 7)}}
"""The level of each kind of heading; H has none of its own."""
_INLINE = frozenset("Span Quote Link Reference Annot Em Strong Sub Code BibEntry Ruby".split())
"""Elements inside a paragraph."""
_DEEPEST = 40
"""Elements within elements that are followed; Word nests about ten."""
_MOST_ELEMENTS = 20_000
"""Elements of one page that are read."""


@dataclass(frozen=True, slots=True)
class TagPart:
    """A heading, a paragraph or an item: its level as in `Block`, and the marked content in it."""

    kind: BlockKind
    level: int | None
    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TagCell:
    """A cell of a row, from its column, counted from 0; `heads` is whether it is a header."""

    column: int
    heads: bool
    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TagTable:
    """The rows of a table."""

    rows: tuple[tuple[TagCell, ...], ...]


TreePart = TagPart | TagTable


def tree_of(page: Any) -> tuple[TreePart, ...]:
    """The parts of a page that PDFium has opened, in the order of its structure tree."""
    with _opened(page) as tree:
        if not tree:
            return ()
        walk = _Walk()
        roots = (
            raw.FPDF_StructTree_GetChildAtIndex(tree, at)
            for at in range(raw.FPDF_StructTree_CountChildren(tree))
        )
        return tuple(part for root in roots if root for part in walk.parts(root, 0, 0))


@contextmanager
def _opened(page: Any) -> Iterator[Any]:
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        yield tree
    finally:
        if tree:
            raw.FPDF_StructTree_Close(tree)


@dataclass(slots=True)
class _Walk:
    """Walks the elements of one page; `count` bounds how many."""

    count: int = 0

    def parts(self, element: Any, depth: int, lists: int) -> Iterator[TreePart]:
        """What an element holds, inside so many elements and lists."""
        role = _role(element)
        if role in _LEVELS:
            yield TagPart(BlockKind.HEADING, _LEVELS[role], self.tags(element, depth))
        elif role == "Table":
            yield TagTable(tuple(self.rows(element, depth)))
        elif role in ("LI", "TOCI"):
            yield from self.item(element, depth, max(lists, 1))
        else:
            yield from self.blocks(element, depth, lists + (role == "L"))

    def blocks(self, element: Any, depth: int, lists: int) -> Iterator[TreePart]:
        """The blocks in an element, and what it holds beside them as paragraphs."""
        loose: list[int] = []
        for child, tag in self.children(element, depth):
            if child is None:
                loose.append(tag)
            elif _role(child) in _INLINE:
                loose.extend(self.tags(child, depth + 1))
            else:
                yield from _paragraph(loose, lists)
                loose = []
                yield from self.parts(child, depth + 1, lists)
        yield from _paragraph(loose, lists)

    def item(self, element: Any, depth: int, lists: int) -> Iterator[TreePart]:
        """An item of a list: its label and first paragraph, then what else it holds."""
        own: list[int] = []
        rest: list[TreePart] = []
        for child, tag in self.children(element, depth):
            if child is None:
                own.append(tag)
            elif _role(child) == "Lbl":
                own.extend(self.tags(child, depth + 1))
            else:
                rest.extend(self.parts(child, depth + 1, lists))
        for at, part in enumerate(rest):
            if isinstance(part, TagPart) and part.kind is BlockKind.PARAGRAPH:
                own.extend(part.tags)
                del rest[at]
                break
        yield TagPart(BlockKind.LIST_ITEM, lists, tuple(own))
        yield from rest

    def rows(self, element: Any, depth: int) -> Iterator[tuple[TagCell, ...]]:
        """The rows of a table, those in its head, body and foot alike."""
        taken: dict[int, int] = {}
        for child, _ in self.children(element, depth):
            if child is None:
                continue
            if _role(child) != "TR":
                yield from self.rows(child, depth + 1)
                continue
            yield tuple(self.cells(child, depth + 1, taken))

    def cells(self, row: Any, depth: int, taken: dict[int, int]) -> Iterator[TagCell]:
        """The cells of a row; `taken` counts, by column, the rows that cells above reach into."""
        column = 0
        reach: dict[int, int] = {}
        for child, _ in self.children(row, depth):
            if child is None:
                continue
            while taken.get(column, 0) > 0:
                column += 1
            yield TagCell(column, _role(child) == "TH", self.tags(child, depth + 1))
            until = column + _number(child, b"ColSpan")
            reach |= dict.fromkeys(range(column, until), _number(child, b"RowSpan"))
            column = until
        for each in {*taken, *reach}:
            taken[each] = max(taken.get(each, 0), reach.get(each, 0)) - 1

    def tags(self, element: Any, depth: int) -> tuple[int, ...]:
        """All marked content in an element, in order."""
        found: list[int] = []
        for child, tag in self.children(element, depth):
            found.extend([tag] if child is None else self.tags(child, depth + 1))
        return tuple(found)

    def children(self, element: Any, depth: int) -> Iterator[tuple[Any, int]]:
        """Each child element, or None and the number of the marked content in its place."""
        if depth > _DEEPEST:
            return
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            self.count += 1
            if self.count > _MOST_ELEMENTS:
                return
            child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                yield child, -1
            elif (tag := raw.FPDF_StructElement_GetChildMarkedContentID(element, at)) >= 0:
                yield None, tag


def _paragraph(tags: list[int], lists: int) -> Iterator[TagPart]:
    if tags:
        yield TagPart(BlockKind.PARAGRAPH, lists or None, tuple(tags))


def _role(element: Any) -> str:
    """The standard type of an element, such as 'P' or 'H1'."""
    buffer = ctypes.create_string_buffer(128)
    size = raw.FPDF_StructElement_GetType(element, buffer, 128)
    return buffer.raw[: max(0, min(size, 128) - 2)].decode("utf-16-le", "replace")


def _number(element: Any, name: bytes) -> int:
    """A whole number among an element's attributes, 1 to 100; 1 where there is none."""
    number = ctypes.c_float()
    for at in range(raw.FPDF_StructElement_GetAttributeCount(element)):
        attribute = raw.FPDF_StructElement_GetAttributeAtIndex(element, at)
        value = raw.FPDF_StructElement_Attr_GetValue(attribute, name) if attribute else None
        if value and raw.FPDF_StructElement_Attr_GetNumberValue(value, number):
            return min(100, max(1, int(number.value)))
    return 1

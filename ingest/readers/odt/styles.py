"""Styles of an OpenDocument text: what a paragraph is by its style, and how its words look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.xmltree import child, local, value, whole

_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?)pt$")
_USUAL_SIZE = 12.0
"""In points; where a document states no size, as LibreOffice has it."""
_LARGE = 1.25
"""Type so much larger than the text around it is a heading's."""
_BOLD = 600
"""The least weight that is bold; 'bold' itself is 700: OpenDocument 1.3, 20.186."""


class Styles:
    """The styles of a document, and what follows from them for its paragraphs."""

    def __init__(self, content: etree._Element, styles: etree._Element | None) -> None:
        roots = [root for root in (styles, content) if root is not None]
        elements = [each for root in roots for each in root.iter() if local(each.tag) == "style"]
        self._styles = {(value(e, "family"), value(e, "name")): e for e in elements}
        self._usual_size = self._size(self._chain("paragraph", "Standard")) or _USUAL_SIZE

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """The level of a heading from 1; None where the paragraph is none."""
        if level := whole(paragraph, "outline-level"):
            return level
        for style in self._chain("paragraph", value(paragraph, "style-name")):
            if level := whole(style, "default-outline-level"):
                return level
            name = (value(style, "display-name") or value(style, "name") or "").replace("_20_", " ")
            if name == "Title":
                return 1
            if found := _HEADING.match(name):
                return int(found.group(1))
        return 1 if local(paragraph.tag) == "h" else None

    def is_strong(self, paragraph: etree._Element, spans: list[etree._Element]) -> bool:
        """Whether words inside these spans, the innermost last, are in bold or large type."""
        chain = [
            style
            for span in reversed(spans)
            for style in self._chain("text", value(span, "style-name"))
        ]
        chain += self._chain("paragraph", value(paragraph, "style-name"))
        weights = (value(child(style, "text-properties"), "font-weight") for style in chain)
        weight = next((each for each in weights if each), "normal")
        bold = weight == "bold" or (weight.isdigit() and int(weight) >= _BOLD)
        return bold or self._size(chain) >= _LARGE * self._usual_size

    def is_hidden(self, span: etree._Element) -> bool:
        """Whether words in a span aren't printed."""
        looks = (
            value(child(style, "text-properties"), "display")
            for style in self._chain("text", value(span, "style-name"))
        )
        return next((each for each in looks if each), "") == "none"

    def _chain(self, family: str, start: str | None) -> Iterator[etree._Element]:
        """A style and those that it is based on, each once."""
        seen: set[str] = set()
        while start and start not in seen and (family, start) in self._styles:
            seen.add(start)
            yield self._styles[family, start]
            start = value(self._styles[family, start], "parent-style-name")

    def _size(self, chain: Iterator[etree._Element] | list[etree._Element]) -> float:
        """The size that the first style states in points; 0 where none does."""
        stated = (value(child(style, "text-properties"), "font-size") or "" for style in chain)
        found = (_POINTS.match(each) for each in stated)
        return next((float(each.group(1)) for each in found if each), 0.0)

"""Styles of a Word document: what a paragraph is by its style, and how its words look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.xmltree import child, is_on, local, value, whole

_HEADING = re.compile(r"(?:heading|überschrift|titre) ?([1-9])$", re.IGNORECASE)
_CONTINUED = re.compile(r"list continue ?([1-9])?$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc \d|toc heading|table of figures|contents \d)$", re.IGNORECASE)
_BODY_TEXT = 9
"""The outline level of body text, by ECMA-376 17.9.20; those above it are 0 to 8."""
_USUAL_SIZE = 20
"""In half points; where a document states no size: ECMA-376 17.3.2.38."""
_LARGE = 1.25
"""Type so much larger than the text around it is a heading's."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style; `parent` is the id of the one that it is based on."""

    name: str
    parent: str | None
    element: etree._Element


class Styles:
    """The styles of a document, and what follows from them for its paragraphs."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = dict(_styles_in(root)) if root is not None else {}
        self._default = child(root, "docDefaults", "rPrDefault", "rPr")
        self._normal = next(
            (key for key, each in self._styles.items() if each.name.casefold() == "normal"), None
        )

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """The level of a heading from 1; None where the paragraph is none."""
        properties = child(paragraph, "pPr")
        if (level := whole(child(properties, "outlineLvl"))) is not None:
            return level + 1 if level < _BODY_TEXT else None
        for style in self._chain(style_of(paragraph)):
            if style.name.casefold() == "title":
                return 1
            if found := _HEADING.match(style.name):
                return int(found.group(1))
            if (level := whole(child(style.element, "pPr", "outlineLvl"))) is not None:
                return level + 1 if level < _BODY_TEXT else None
        return None

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether it is a line of a table of contents."""
        return any(_CONTENTS.match(style.name) for style in self._chain(style_of(paragraph)))

    def continues_item(self, paragraph: etree._Element) -> int | None:
        """The nesting of the list item that a paragraph goes on with by its style."""
        names = (_CONTINUED.match(style.name) for style in self._chain(style_of(paragraph)))
        found = next((each for each in names if each), None)
        return int(found.group(1) or 1) if found else None

    def numbering(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list of a paragraph and its level in it, from 0; None where it is in none."""
        level = whole(child(paragraph, "pPr", "numPr", "ilvl"))
        for element in (paragraph, *(s.element for s in self._chain(style_of(paragraph)))):
            found = child(element, "pPr", "numPr")
            if level is None:
                level = whole(child(found, "ilvl"))
            if number := value(child(found, "numId")):
                return (number, level or 0) if number != "0" else None
        return None

    def is_strong(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether a run is in bold type, or larger than the usual."""
        looks = list(self._looks(run, paragraph))
        bold = next((on for each in looks if (on := is_on(each, "b")) is not None), False)
        return bold or _size(looks) >= _LARGE * self._usual_size()

    def heads_first_row(self, table_style: str | None) -> bool:
        """Whether the style of a table sets its first row apart."""
        return any(
            local(each.tag) == "tblStylePr" and value(each, "type") == "firstRow"
            for style in self._chain(table_style)
            for each in style.element
        )

    def _looks(
        self, run: etree._Element, paragraph: etree._Element
    ) -> Iterator[etree._Element | None]:
        """What is said of a run's look, the nearest first."""
        own = child(run, "rPr")
        yield own
        for start in (value(child(own, "rStyle")), style_of(paragraph) or self._normal):
            yield from (child(style.element, "rPr") for style in self._chain(start))
        yield self._default

    def _usual_size(self) -> int:
        normal = (child(style.element, "rPr") for style in self._chain(self._normal))
        return _size([*normal, self._default])

    def _chain(self, start: str | None) -> Iterator[Style]:
        """A style and those that it is based on, each once."""
        seen: set[str] = set()
        while start is not None and start in self._styles and start not in seen:
            seen.add(start)
            yield self._styles[start]
            start = self._styles[start].parent


def style_of(paragraph: etree._Element) -> str | None:
    """The id of a paragraph's own style."""
    return value(child(paragraph, "pPr", "pStyle"))


def _size(looks: list[etree._Element | None]) -> int:
    sizes = (whole(child(each, "sz")) for each in looks)
    return next((size for size in sizes if size), _USUAL_SIZE)


def _styles_in(root: etree._Element) -> Iterator[tuple[str, Style]]:
    for element in root:
        key = value(element, "styleId")
        if local(element.tag) == "style" and key:
            name = value(child(element, "name")) or key
            yield key, Style(name, value(child(element, "basedOn")), element)

"""Automatic numbers of an OpenDocument text: of its headings, and of the items of its lists.

OpenDocument 1.3, part 3: 5.3 for lists, 16.30 to 16.34 for their styles, 19.880.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.readers.numerals import Mark, letter, roman
from ingest.readers.xmltree import local, value, whole

_OUTLINE = ""
"""The name under which the style of headings is kept; no list's style has it."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a style: `shown` levels stand in its number; `form` is '' where it has none."""

    form: str
    before: str
    after: str
    shown: int
    start: int


class Numbering:
    """The styles of a document's lists, and how far each has counted."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[str, Mapping[int, _Level]] = {}
        for element in (each for root in roots for each in root.iter()):
            if local(element.tag) == "list-style":
                self._styles[value(element, "name") or _OUTLINE] = _levels(element)
            elif local(element.tag) == "outline-style":
                self._styles[_OUTLINE] = _levels(element)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def begin(self, style: str, element: etree._Element) -> None:
        """A list begins, which counts anew unless it says that it goes on with an earlier one."""
        goes_on = value(element, "continue-numbering") == "true" or value(element, "continue-list")
        if not goes_on:
            self._counts[style].clear()

    def heading(self, heading: etree._Element, level: int) -> Mark:
        """Counts a heading that stands in no list."""
        if value(heading, "is-list-header") == "true":
            return Mark()
        return self._mark(_OUTLINE, level, whole(heading, "start-value"))

    def item(self, style: str, item: etree._Element, level: int) -> Mark:
        """Counts an item of a list, whose levels are counted from 1."""
        return self._mark(style, level, whole(item, "start-value"))

    def _mark(self, style: str, level: int, start: int | None) -> Mark:
        levels = self._styles.get(style, {})
        own = levels.get(level)
        if own is None or not own.form:
            return Mark()
        counts = self._counts[style]
        counts[level] = counts.get(level, own.start - 1) + 1 if start is None else start
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        shown = range(level - own.shown + 1, level + 1)
        named = [each for each in shown if each in levels and levels[each].form]
        text = ".".join(_numeral(levels[each].form, counts.get(each, 1)) for each in named)
        return Mark(f"{own.before}{text}{own.after}".strip(), outline=len(named) > 1)


def _numeral(form: str, count: int) -> str:
    """A count in the form that a style names: '1', 'a', 'A', 'i' or 'I'."""
    write = {"a": letter, "i": roman}.get(form.casefold(), str)
    return write(count).upper() if form.isupper() else write(count)


def _levels(style: etree._Element) -> Mapping[int, _Level]:
    """The levels of a style by their number from 1; those with bullets have no form."""
    return {
        level: _Level(
            form=value(each, "num-format") or "",
            before=value(each, "num-prefix") or "",
            after=value(each, "num-suffix") or "",
            shown=min(whole(each, "display-levels") or 1, level),
            start=1 if (start := whole(each, "start-value")) is None else start,
        )
        for each in style
        if (level := whole(each, "level"))
    }

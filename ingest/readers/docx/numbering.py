"""Automatic numbers of a Word document, counted as Word counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.readers.numerals import Mark, letter, roman
from ingest.readers.xmltree import child, local, value, whole

_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written ('%1.%2'), in which signs, from which on."""

    written: str
    form: str
    start: int


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = list(root) if root is not None else []
        levels = {
            value(each, "abstractNumId"): _levels(each)
            for each in elements
            if local(each.tag) == "abstractNum"
        }
        self._lists = {
            value(each, "numId"): value(child(each, "abstractNumId"))
            for each in elements
            if local(each.tag) == "num"
        }
        self._levels: Mapping[str | None, Mapping[int, Level]] = levels
        self._counts: dict[str | None, dict[int, int]] = defaultdict(dict)

    def mark(self, number: str, level: int) -> Mark:
        """Counts one more paragraph of a list, and says what stands before it."""
        abstract = self._lists.get(number)
        levels = self._levels.get(abstract, {})
        counts = self._counts[abstract]
        own = levels.get(level)
        if own is None or own.form in ("bullet", "none"):
            return Mark()
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        named = [int(each) - 1 for each in _PLACEHOLDER.findall(own.written)]
        text = _PLACEHOLDER.sub(lambda found: _sign(levels, counts, found.group(1)), own.written)
        return Mark(text.strip(), outline=len(named) > 1)


def _sign(levels: Mapping[int, Level], counts: Mapping[int, int], place: str) -> str:
    """The number of one level in its signs."""
    level = levels.get(int(place) - 1)
    count = counts.get(int(place) - 1, level.start if level else 1)
    form = level.form if level else "decimal"
    write = {"Letter": letter, "Roman": roman}.get(form[len("upper") :], str)
    return write(count).upper() if form.startswith("upper") else write(count)


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {
        whole(each, "ilvl") or 0: Level(
            written=value(child(each, "lvlText")) or "",
            form=value(child(each, "numFmt")) or "decimal",
            start=whole(child(each, "start")) or 1,
        )
        for each in abstract
        if local(each.tag) == "lvl"
    }

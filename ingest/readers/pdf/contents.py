"""Pages of contents: lines that end in the number of a page, which grow down the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ingest.readers.pdf.opening import Bookmark
from ingest.readers.pdf.words import Line

_LEADER = re.compile(r"[.…·_]{3,}$")
"""Dots that lead to a page's number."""
_TO_PAGE = 2.0
"""The gap before a page's number, as a share of the size, where no dots lead to it."""
_LEAST_ENTRIES = 3
"""So many entries one after the other are a list of contents."""
_INDENT = 0.5
"""Entries that begin farther right by this share of the size are of a lower level."""


def contents_lines(lines: Sequence[Line], pages: int) -> list[Line]:
    """The lines of the document's contents pages, in order."""
    found: list[Line] = []
    for _, group in groupby(lines, key=lambda line: line.page):
        entries = [line for line in group if _page_of(line, pages) is not None]
        grows = sum(
            (_page_of(line, pages) or 0) <= (_page_of(after, pages) or 0)
            for line, after in pairwise(entries)
        )
        if len(entries) >= _LEAST_ENTRIES and grows >= 0.8 * (len(entries) - 1):
            found.extend(entries)
    return found


def _page_of(line: Line, pages: int) -> int | None:
    """The number of the page that a line leads to; None if it is no entry."""
    *words, last = line.words
    if not words or not last.text.isdecimal() or not 0 < int(last.text) <= 2 * pages + 20:
        return None
    before = words[-1]
    is_led = _LEADER.search(before.text) is not None
    is_led = is_led or (len(words) > 2 and all(word.text == "." for word in words[-3:]))
    is_far = last.left - before.right > _TO_PAGE * line.size
    has_title = any(char.isalpha() for word in words for char in word.text)
    return int(last.text) if has_title and (is_led or is_far) else None


def title_of(line: Line) -> str:
    """The words of an entry, without the dots and the number after them."""
    words = [word.text for word in line.words[:-1]]
    while words and not any(char.isalnum() for char in words[-1]):
        words.pop()
    if words:
        words[-1] = _LEADER.sub("", words[-1])
    return " ".join(words)


def entries(lines: Sequence[Line]) -> Iterator[Bookmark]:
    """The outline that contents pages give; levels are told by indents."""
    lefts = _levels(lines)
    for line in lines:
        yield Bookmark(title_of(line), lefts[round(line.left)], None)


def _levels(lines: Sequence[Line]) -> dict[int, int]:
    levels: dict[int, int] = {}
    last: Line | None = None
    level = 0
    for line in sorted(lines, key=lambda line: line.left):
        if last is None or line.left - last.left > _INDENT * line.size:
            level += 1
        levels.setdefault(round(line.left), level)
        last = line
    return levels

"""Pages of contents: lines that end in the number of a page, which grow down the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ingest.readers.pdf.opening import Bookmark
from ingest.readers.pdf.words import Line

_LEADER = re.compile(r"\s*(?:(?:[.·_]\s?){2,}|…[.…]*)\s*(\d{1,4})$")
"""The dots that lead to a page's number, and the number."""
_LONGEST = 300
"""A longer text is no entry, whatever it ends with."""
_TO_PAGE = 2.0
"""The gap before a page's number, as a share of the size, where no dots lead to it."""
_LEAST_ENTRIES = 3
"""So many entries one after the other are a list of contents."""
_GROWING = 0.8
"""The share of its entries that lead to a page no earlier than the one before."""
_INDENT = 0.5
"""Entries that begin farther right by this share of the size are of a lower level."""


class Entry(NamedTuple):
    """A title in the contents, and the number of the page that it names."""

    title: str
    page: int


def contents_of(lines: Sequence[Line], pages: int) -> dict[int, Entry]:
    """The entries of the contents of a document of so many pages, by the `id` of their lines."""
    found: dict[int, Entry] = {}
    for _, group in groupby(lines, key=lambda line: line.page):
        here = [(line, entry) for line in group if (entry := entry_of(line, pages))]
        grows = sum(entry.page <= after.page for (_, entry), (_, after) in pairwise(here))
        if len(here) >= _LEAST_ENTRIES and grows >= _GROWING * (len(here) - 1):
            found |= {id(line): entry for line, entry in here}
    return found


def entry_of(line: Line, pages: int) -> Entry | None:
    """The entry of the contents of a document of so many pages that a line is; None for none."""
    if led := _led(line.text):
        title, number = led
    else:
        *words, last = line.words
        is_far = bool(words) and last.left - words[-1].right > _TO_PAGE * line.size
        if not is_far or not last.text.isdecimal():
            return None
        title, number = " ".join(word.text for word in words), last.text
    page = int(number)
    # Pages are numbered on from an earlier part here and there.
    if not any(char.isalpha() for char in title) or not 0 < page <= 2 * pages + 20:
        return None
    return Entry(title, page)


def outline_of(lines: Sequence[Line], contents: Mapping[int, Entry]) -> list[Bookmark]:
    """The outline that contents pages give; levels are told by indents."""
    listed = [line for line in lines if id(line) in contents]
    levels = _levels(listed)
    return [Bookmark(contents[id(line)].title, levels[round(line.left)], None) for line in listed]


def undotted(text: str) -> str:
    """An entry of the contents without the dots that lead to its page; other text as it is."""
    return " ".join(_led(text) or (text,))


def _led(text: str) -> tuple[str, str] | None:
    """The title and the page number of an entry with dots between them."""
    if len(text) > _LONGEST or not text[-1:].isdecimal():
        return None
    leader = _LEADER.search(text)
    return (text[: leader.start()], leader.group(1)) if leader else None


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

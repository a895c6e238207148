"""From words to segments: words of one line with no wide gap between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.readers.pdf.words import Line, Word

_SAME_LINE = 0.5
"""Words whose baselines are no farther apart than this share of the size stand on one line."""
_WIDE = 1.3
"""A gap of this share of the size may part columns; justified words stay closer together."""
_MARK = re.compile(
    r"(?:[^\w\s]|o|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.):]|\d{1,2}(?:\.\d{1,3}){0,4}\.?)$"
)
"""A bullet or a number at the head of a line, however far its words stand from it."""
_TAB = 6.0
"""Sizes that may lie between a mark and its words."""


def is_mark(word: Word) -> bool:
    """Whether a word may be a bullet or the number of an item."""
    return _MARK.match(word.text) is not None


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """The words of each line across the page, from top to bottom and from left to right."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.baseline, word.left)):
        if found and _on_line(found[-1], word):
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(row, key=lambda word: word.left) for row in found]


def _on_line(row: Sequence[Word], word: Word) -> bool:
    size = max(word.size, *(each.size for each in row))
    return word.baseline - row[0].baseline <= _SAME_LINE * size


def segments(words: Iterable[Word]) -> list[Line]:
    """The stretches of each line that no wide gap parts, from top to bottom, left to right."""
    return [Line(tuple(stretch)) for row in rows(words) for stretch in _stretches(row)]


def _stretches(row: Sequence[Word]) -> list[list[Word]]:
    found = [[row[0]]]
    for before, word in pairwise(row):
        gap = word.left - before.right
        # A heading beside prose in the next column is no nearer for being large.
        size = min(before.size, word.size)
        is_marked = len(found[-1]) == 1 and is_mark(before)
        if gap > (_TAB if is_marked else _WIDE) * size:
            found.append([word])
        else:
            found[-1].append(word)
    return found


def joined(parts: Iterable[Line]) -> list[Line]:
    """Segments of one column as whole lines, from top to bottom."""
    return [Line(tuple(row)) for row in rows(word for part in parts for word in part.words)]

"""What a page carries besides its text: running heads and feet, and the numbers of pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.lines import Line

_PAGE = re.compile(
    r"(?:[-–—|] ?)?(?:p(?:age| a g e) ?\|? ?)?(\d{1,3})(?: ?(?:of|/) ?\d{1,3})?(?: ?[-–—|])?"
    r"(?: ?\|? ?p(?:age| a g e))?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?P<head>.*\S)(?:\s{3,}|\t|\s*\|\s*|\s+[Pp]age )(?P<last>\d{1,3})"
    r"|(?P<first>\d{1,3})(?:\s{3,}|\t|\s*\|\s*)(?P<foot>\S.*)"
)
_LEAST, _SHARE_OF_PAGES = 2, 0.5
"""So often, and on such a share of the pages, a running head stands at the edge of a page."""


def with_furniture_marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those marked that belong to the pages and not to the text."""
    worded = [line for line in lines if line.text]
    marked = _numbers(worded) | _numbered_heads(worded)
    marked |= _heads(worded, marked)
    if len(marked) >= len(worded):
        return list(lines)
    return [replace(line, furniture=line.start in marked) for line in lines]


def _numbers(lines: Sequence[Line]) -> set[int]:
    """Where numbers of pages stand on lines of their own: each is one more than the one before."""
    found = [(int(page[1]), line) for line in lines if (page := _PAGE.fullmatch(line.text))]
    runs: list[list[tuple[int, Line]]] = []
    for number, line in found:
        if runs and number == runs[-1][-1][0] + 1:
            runs[-1].append((number, line))
        else:
            runs.append([(number, line)])
    return {line.start for run in runs if len(run) >= _LEAST for _, line in run}


def _numbered_heads(lines: Sequence[Line]) -> set[int]:
    """Where the same words stand beside a number that grows: a head or foot with its page."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        if found := _HEAD.fullmatch(line.text):
            words = found["head"] or found["foot"]
            places[words].append((int(found["last"] or found["first"]), line.start))
    return {
        start
        for each in places.values()
        if len(each) >= _LEAST and all(one < other for (one, _), (other, _) in pairwise(each))
        for _, start in each
    }


def _heads(lines: Sequence[Line], marked: set[int]) -> set[int]:
    """Where the same words stand at the edges of most pages; the first of all may be the title."""
    places: dict[str, list[int]] = defaultdict(list)
    for line, is_edge in _edges(lines, marked):
        if is_edge and line.start not in marked:
            places[line.text].append(line.start)
    pages = max((line.page for line in lines), default=1)
    least = max(_LEAST, _SHARE_OF_PAGES * (pages if pages > 1 else len(marked)))
    found = {start for each in places.values() if len(each) >= least for start in each}
    return found - {line.start for line in lines[:1]}


def _edges(lines: Sequence[Line], marked: set[int]) -> Iterator[tuple[Line, bool]]:
    """Each line, and whether it is the first or last of its page, by page breaks or by numbers."""
    for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        beside = [each for each in (before, after) if each is not None]
        yield line, any(each.start in marked or each.page != line.page for each in beside)

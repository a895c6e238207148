"""Headers, footers and page numbers: what stands at the edge of many pages at the same height."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf.segments import rows, segments
from ingest.readers.pdf.tables import Grid
from ingest.readers.pdf.words import Line, Page, Word

_EDGE_ROWS = 3
"""So many lines at the top and at the bottom of a page may be furniture."""
_EDGE_SHARE = 0.15
"""They stand within this share of the page's height from its edge."""
_SAME_HEIGHT = 4.0
"""Points by which a running line may move from page to page."""
_LEAST_PAGES = 3
"""A line on so many pages, each at most two after the one before it, runs; of a file with fewer
pages, on all of them. Left and right pages may each have their own."""
_LARGE = 1.25
"""Type larger than this share of the body is a heading, unless it runs through half the file; with
a number in it ('Priority 1', 'Priority 2') always, unless the number is all there is."""

_NUMBER = re.compile(r"\d{1,4}|\b[ivxlc]{1,6}\b")
_LONE_NUMBER = re.compile(
    r"(?:page\s*)?\W*(\d{1,4}|[ivxlc]{1,6})\W*(?:(?:of|/)\s*\d{1,4})?\W*$", re.I
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Edge:
    """A stretch of a line at the edge of a page."""

    page: int
    line: Line

    @property
    def text(self) -> str:
        return self.line.text.casefold()


def furniture(
    pages: Sequence[Page], tables: Mapping[int, Sequence[Grid]], body: float
) -> dict[int, frozenset[Word]]:
    """The words of each page, by its number, that are headers, footers or page numbers.

    `tables` are those of each page, whose header is often printed again on the next; `body` is the
    size of the running text.
    """
    edges = [edge for page in pages for edge in _edges(page, tables.get(page.number, ()))]
    found: dict[int, set[Word]] = defaultdict(set)
    for group in _groups(edges):
        for edge in _running(group, len(pages), body):
            found[edge.page].update(edge.line.words)
    return {page: frozenset(words) for page, words in found.items()}


def _edges(page: Page, tables: Sequence[Grid]) -> Iterator[_Edge]:
    lines = rows(page.words)
    # The first and last rows may overlap on a page with few lines, and each counts once.
    places = sorted({*range(_EDGE_ROWS), *range(len(lines) - _EDGE_ROWS, len(lines))})
    margin = _EDGE_SHARE * page.height
    for place in places:
        if not 0 <= place < len(lines):
            continue
        for line in segments(lines[place]):
            is_outer = line.baseline < margin or line.baseline > page.height - margin
            if is_outer and not any(_reaches_in(line, grid, page) for grid in tables):
                yield _Edge(page.number, line)


def _reaches_in(line: Line, grid: Grid, page: Page) -> bool:
    """Whether a line is in a table of the page itself, and not in one that is its header."""
    margin = _EDGE_SHARE * page.height
    is_own = grid.box.bottom > margin and grid.box.top < page.height - margin
    return is_own and grid.box.holds(line.left, line.baseline)


def _groups(edges: Sequence[_Edge]) -> Iterator[list[_Edge]]:
    """Edges that say the same at one height, or the same but for a number that counts pages."""
    same: Mapping[object, list[_Edge]] = defaultdict(list)
    for edge in edges:
        for key in _keys(edge):
            same[key].append(edge)
    for group in same.values():
        yield from _at_one_height(group)


def _keys(edge: _Edge) -> Iterator[object]:
    text = edge.text
    yield text
    for number in _NUMBER.finditer(text):
        # A number that grows as the pages do counts them; 'Priority 1' on page 4 does not.
        offset = edge.page - _value(number.group())
        yield text[: number.start()] + "#" + text[number.end() :], offset


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    values = [_ROMAN[letter] for letter in number]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))


def _at_one_height(group: Sequence[_Edge]) -> Iterator[list[_Edge]]:
    run: list[_Edge] = []
    for edge in sorted(group, key=lambda edge: (edge.line.baseline, edge.page)):
        if run and edge.line.baseline - run[-1].line.baseline > _SAME_HEIGHT:
            yield run
            run = []
        run.append(edge)
    if run:
        yield run


def _running(group: Sequence[_Edge], pages: int, body: float) -> Iterator[_Edge]:
    """The edges that run over enough pages, one near the other."""
    group = sorted(group, key=lambda edge: edge.page)
    is_number = all(_LONE_NUMBER.match(edge.text) for edge in group)
    is_large = group[0].line.size > _LARGE * body and not is_number
    if is_large and len({edge.text for edge in group}) > 1:
        return
    least = max(2, min(_LEAST_PAGES, pages), pages // 2 if is_large else 0)
    run: list[_Edge] = []
    for edge in group:
        if run and edge.page - run[-1].page > 2:
            if len(run) >= least:
                yield from run
            run = []
        run.append(edge)
    if len(run) >= least:
        yield from run

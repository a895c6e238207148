"""From lines in reading order to paragraphs: lines that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from ingest.readers import lines as look
from ingest.readers.pdf.hyphens import text_of
from ingest.readers.pdf.tables import Grid
from ingest.readers.pdf.words import Line, Word

_SAME_SIZE = 0.06
"""Sizes that differ by less than this share are one size."""
_LOOSE = 1.25
"""A distance between baselines above this share of the usual one parts paragraphs."""
_USUAL_LEADING = 1.2
"""The distance between baselines as a share of the size, where a document shows no other."""
_INDENT = 0.8
"""A first line is indented by at least this share of the size."""
_FULL = 0.92
"""A line that the next word would not have taken beyond this share of its column was ended early;
lines of ragged text stay above it."""
LARGER = 1.12
"""Type larger than this share of the body is set as a heading or a display."""


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together, from the first on one page to the last, maybe on the next."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1]

    @cached_property
    def size(self) -> float:
        """The size of most of its characters."""
        sizes: dict[float, int] = defaultdict(int)
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is in bold type."""
        return all(line.bold for line in self.lines)

    @cached_property
    def marked(self) -> bool:
        """Whether a bullet or the number of a list item opens it."""
        return is_marked(self.first)

    @property
    def words_left(self) -> float:
        """Where its words begin, after the mark."""
        words = self.first.words
        return words[1].left if self.marked and len(words) > 1 else self.first.left

    def text(self, known: frozenset[str]) -> str:
        """Its words as one text, mended by the words `known` of the document."""
        return text_of([line.text for line in self.lines], known)


def is_marked(line: Line) -> bool:
    """Whether a bullet or the number of a list item opens a line."""
    text = line.text
    return bool(look.bullet(text)) or look.ordinal_length(text) > 0


Part = Paragraph | Grid
"""What a document is made of."""


def paragraphs(
    flow: Sequence[Line | Grid], body: float, alone: frozenset[int] = frozenset()
) -> list[Part]:
    """The paragraphs and tables of a document in order; `body` is the size of its running text.

    Lines whose `id` is among those `alone` are paragraphs by themselves.
    """
    grouping = _Grouping(body, _leadings(flow), alone)
    groups: list[list[Line] | Grid] = []
    for each in flow:
        last = groups[-1] if groups else None
        if isinstance(each, Grid):
            groups.append(each)
        elif isinstance(last, list) and grouping.goes_on(last, each):
            last.append(each)
        else:
            groups.append([each])
    parts = [Paragraph(tuple(each)) if isinstance(each, list) else each for each in groups]
    return _resumed(parts, alone)


def body_size(words: Iterable[Word]) -> float:
    """The size of most characters of a document, in points."""
    sizes: dict[float, int] = defaultdict(int)
    for word in words:
        sizes[round(2 * word.size) / 2] += len(word.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def same_size(first: float, second: float) -> bool:
    """Whether two sizes of type are one, but for how they were scaled."""
    return abs(first - second) <= _SAME_SIZE * max(first, second)


def _leadings(flow: Sequence[Line | Grid]) -> Mapping[float, float]:
    """The usual distance between baselines for each size, rounded to a point."""
    found: dict[float, list[float]] = defaultdict(list)
    for above, line in pairwise(each for each in flow if isinstance(each, Line)):
        if _in_one_column(above, line) and same_size(above.size, line.size):
            step = line.baseline - above.baseline
            if 0.8 * line.size < step < 2.2 * line.size:
                found[round(line.size)].append(step)
    return {size: median(steps) for size, steps in found.items()}


def _in_one_column(above: Line, line: Line) -> bool:
    return above.page == line.page and above.column == line.column


@dataclass(frozen=True, slots=True)
class _Grouping:
    """Whether a line goes on with the paragraph before it."""

    body: float
    leadings: Mapping[float, float]
    alone: frozenset[int]

    def goes_on(self, group: Sequence[Line], line: Line) -> bool:
        last = group[-1]
        if id(line) in self.alone or id(last) in self.alone:
            return False
        if not _in_one_column(last, line) or not same_size(last.size, line.size):
            return False
        step = line.baseline - last.baseline
        leading = self.leadings.get(round(line.size), _USUAL_LEADING * line.size)
        if not 0 < step <= max(_LOOSE * leading, leading + 1):
            return False
        if _begins(group, line):
            return False
        if self._is_display(last) and self._is_display(line):
            return last.bold == line.bold
        return not (
            _ended_early(last, line) or _is_indented(group, line) or _hangs_back(group, line)
        )

    def _is_display(self, line: Line) -> bool:
        return line.size > LARGER * self.body


def _begins(group: Sequence[Line], line: Line) -> bool:
    """Whether a line opens with a mark or a number that begins something new."""
    last, text = group[-1], line.text
    is_ended = look.ends_sentence(last.text) or _room_left(last, line)
    if look.bullet(text):
        is_dash = text[0] in "-–—"
        return not is_dash or is_ended or look.bullet(group[0].text) > 0
    if look.ordinal_length(text):
        return is_ended or look.ordinal_length(group[0].text) > 0
    return look.number(text) is not None and is_ended


def _room_left(last: Line, line: Line) -> bool:
    """Whether the first word of a line would well have fitted on the line before it."""
    if last.column is None:
        return False
    width = line.words[0].right - line.words[0].left + 0.3 * line.size
    limit = last.column.left + _FULL * last.column.width
    return last.right + width < limit


def _ended_early(last: Line, line: Line) -> bool:
    """Whether the line before was ended although the next word would have fitted on it."""
    if not _room_left(last, line):
        return last.bold != line.bold and look.ends_sentence(last.text)
    if last.bold != line.bold:
        return True
    if line.text[:1].islower():
        return False
    return look.ends_sentence(last.text) or look.looks_like_heading(last.text)


def _is_indented(group: Sequence[Line], line: Line) -> bool:
    """Whether a first line's indent sets it off from lines that begin at the margin."""
    if is_marked(group[0]) or _is_centred(group[-1]):
        return False
    return line.left - group[-1].left > _INDENT * line.size


def _is_centred(line: Line) -> bool:
    column = line.column
    if column is None:
        return False
    before, after = line.left - column.left, column.right - line.right
    return before > line.size and abs(before - after) < 0.5 * line.size


def _hangs_back(group: Sequence[Line], line: Line) -> bool:
    """Whether a line stands left of the words of the item before it, at the margin."""
    first = group[0]
    if not is_marked(first) or len(first.words) < 2:
        return False
    is_left = line.left < first.words[1].left - 0.5 * line.size
    # Items without a hanging indent go on at the margin; there the sentence tells.
    return is_left and (len(group) > 1 or look.ends_sentence(first.text))


def _resumed(parts: Sequence[Part], alone: frozenset[int]) -> list[Part]:
    """Paragraphs that the end of a column or a page tore are one again; lines `alone` are whole."""
    whole: list[Part] = []
    for each in parts:
        last = whole[-1] if whole else None
        if isinstance(each, Paragraph) and isinstance(last, Paragraph):
            is_torn = not {id(last.last), id(each.first)} & alone and _resumes(last, each)
            if is_torn:
                whole[-1] = Paragraph((*last.lines, *each.lines))
                continue
        whole.append(each)
    return whole


def _resumes(before: Paragraph, each: Paragraph) -> bool:
    if _in_one_column(before.last, each.first) or each.marked:
        return False
    if not same_size(before.size, each.size) or before.bold != each.bold:
        return False
    if look.ends_sentence(before.last.text) or look.number(each.first.text):
        return False
    if each.first.text[:1].islower():
        return True
    # Neither a long paragraph nor one that ends with a stop is a heading.
    text = each.text(frozenset())
    is_prose = len(text) > look.HEADING_CHARS or text.rstrip().endswith((".", "!", "?"))
    return is_prose and not _room_left(before.last, each.first)

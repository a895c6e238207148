"""Which paragraphs are headings, and of which level: by type, and by the file's own outline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.words import fold
from ingest.readers import lines as look
from ingest.readers.pdf.opening import Bookmark
from ingest.readers.pdf.paragraphs import LARGER, Paragraph, same_size

_LONGEST = 160
"""A longer text in large type is a standfirst or a quotation."""
_MOST_LINES = 4
"""A heading isn't wrapped into more lines."""
_DEEPEST = 6
"""The lowest level, as in HTML."""

Style = tuple[float, bool, bool]
"""Size in points, bold, capitals: what headings of one level share."""


@dataclass(frozen=True, slots=True)
class Body:
    """How the running text of a document is set: its size in points, and whether it is bold."""

    size: float
    bold: bool


def heading_levels(
    found: Sequence[Paragraph], texts: Sequence[str], body: Body, marks: Sequence[Bookmark]
) -> dict[int, int]:
    """The level from 1 of each paragraph that is a heading, by its place among those `found`.

    `texts` are their words. Where the file has an outline, its levels hold for the headings that
    it names and for those in the same type.
    """
    named = _named(found, texts, marks)
    by_type = (at for at in range(len(found)) if _is_set_as_heading(found[at], texts[at], body))
    styles = _styles(found, texts, sorted({*by_type, *named}))
    levels = _style_levels(styles, named)
    return {at: min(levels.of(style, named.get(at)), _DEEPEST) for at, style in styles.items()}


def _is_set_as_heading(paragraph: Paragraph, text: str, body: Body) -> bool:
    """Whether type and words are those of a heading."""
    if len(paragraph.lines) > _MOST_LINES or len(text) > _LONGEST or not _may_head(text):
        return False
    if look.bullet(text):
        return False
    if paragraph.size > LARGER * body.size:
        return not text.endswith((".", ",", ";")) or look.looks_like_heading(text)
    if paragraph.marked and not look.number(text):
        return False
    is_small = paragraph.size < body.size and not same_size(paragraph.size, body.size)
    is_set_off = (paragraph.bold and not body.bold) or look.is_capitals(text)
    return is_set_off and not is_small and look.looks_like_heading(text)


def _may_head(text: str) -> bool:
    """Whether there are words enough in it: '27%' and 'A' head nothing."""
    return sum(char.isalpha() for char in text) > 2


def _styles(
    found: Sequence[Paragraph], texts: Sequence[str], places: Sequence[int]
) -> dict[int, Style]:
    """The style of each heading; sizes that are nearly one, as OCR measures them, are one."""
    sizes: dict[float, float] = {}
    first = 0.0
    for size in sorted({found[at].size for at in places}, reverse=True):
        first = first if first and same_size(first, size) else size
        sizes[size] = first
    return {
        at: (sizes[found[at].size], found[at].bold, look.is_capitals(texts[at])) for at in places
    }


@dataclass(frozen=True, slots=True)
class _Levels:
    """Levels by style; those that the outline gives begin under `above`, the title's."""

    by_style: Mapping[Style, int]
    above: int

    def of(self, style: Style, named: int | None) -> int:
        return self.by_style[style] if named is None else self.above + named


def _style_levels(styles: Mapping[int, Style], named: Mapping[int, int]) -> _Levels:
    """The level of each style: what the outline says of most of its headings, else its rank."""
    votes: dict[Style, Counter[int]] = defaultdict(Counter)
    for at, level in named.items():
        votes[styles[at]][level] += 1
    ordered = sorted(set(styles.values()), key=_rank)
    above = int(bool(votes) and ordered[0] not in votes)
    levels: dict[Style, int] = {}
    last = 0
    for style in ordered:
        if style in votes:
            last = above + votes[style].most_common(1)[0][0]
        else:
            last += 1
        levels[style] = last
    return _Levels(levels, above)


def _rank(style: Style) -> tuple[float, bool, bool]:
    size, bold, capitals = style
    return -size, not bold, not capitals


def _named(
    found: Sequence[Paragraph], texts: Sequence[str], marks: Sequence[Bookmark]
) -> dict[int, int]:
    """The paragraphs that the file's outline names, each with its level there."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        if len(text) <= _LONGEST and not (found[at].marked and not look.number(text)):
            for key in _keys(text):
                places[key].append(at)
    named: dict[int, int] = {}
    for mark in marks:
        matches = (_place(found, places.get(key, ()), mark) for key in _keys(mark.title))
        for at in [match for match in matches if match is not None][:1]:
            named.setdefault(at, mark.level)
    return named


def _keys(title: str) -> list[str]:
    """What two writings of a heading share: its letters and digits, with and without its number."""
    whole = "".join(char for char in fold(title) if char.isalnum())
    bare = whole.lstrip("0123456789")
    return [key for key in dict.fromkeys((whole, bare)) if key]


def _place(found: Sequence[Paragraph], places: Sequence[int], mark: Bookmark) -> int | None:
    """The heading on the outline's page; where it gives none, the only or the largest one."""
    here = [at for at in places if mark.page in (None, found[at].first.page)]
    return max(here, key=lambda at: (found[at].size, found[at].bold, -at), default=None)

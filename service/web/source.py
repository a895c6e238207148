"""A document's text laid out to read: in parts, with its headings, the cited words and mentions.

Whatever is laid out, the pieces of all parts joined are the text, to the character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from corpus.models import Document, Section, Span

PART = 100_000
"""Characters of a part of a long document, about: 30 to 40 kB as it is sent."""


class Piece(NamedTuple):
    """A stretch of the text, all of one kind: in a heading, in the lit words, in a mention."""

    text: str
    section: str
    """The id of the section whose heading it is in, or ''."""
    level: int
    opens: bool
    """Whether the heading begins here."""
    lit: bool
    first_lit: bool
    mention: bool


class Entry(NamedTuple):
    """A heading in a document's outline."""

    section: str
    title: str
    level: int
    part: int
    here: bool


def parts(text: str, sections: Sequence[Section], size: int = PART) -> list[Span]:
    """A text cut into parts of about `size` characters, at headings where it can be, else lines."""
    headings = sorted(each.heading.start for each in sections if each.heading)
    cuts, start = [0], 0
    while len(text) - start > size + size // 2:
        start = _cut(text, headings, start + size // 2, start + size)
        cuts.append(start)
    return [Span(start=a, end=b) for a, b in pairwise([*cuts, len(text)])]


def _cut(text: str, headings: Sequence[int], first: int, last: int) -> int:
    """The last place in `(first, last]` where a heading, or else a line, or a word begins."""
    at = bisect_right(headings, last)
    if at and headings[at - 1] > first:
        return headings[at - 1]
    for mark in ("\n", " "):
        found = text.rfind(mark, first, last)
        if found > first:
            return found + 1
    return last


def part_at(cuts: Sequence[Span], place: int) -> int:
    """The number of the part in which a place lies, from 0."""
    return max(0, bisect_right([span.start for span in cuts], place) - 1)


def pieces(
    text: str,
    part: Span,
    sections: Sequence[Section],
    lit: Span | None,
    mentions: Sequence[Span] = (),
) -> list[Piece]:
    """A part of the text in order, cut at the ends of headings, mentions and the lit words."""
    headings = {each: each.heading for each in sections if each.heading}
    edges = {part.start, part.end}
    for span in (*headings.values(), *mentions, *((lit,) if lit else ())):
        edges |= {place for place in (span.start, span.end) if part.start < place < part.end}
    cuts = sorted(edges)
    headed = {place: each for each, span in headings.items() for place in _within(span, cuts)}
    said = {place for span in mentions for place in _within(span, cuts)}
    return [
        _piece(text, start, end, headed.get(start), lit, mention=start in said)
        for start, end in pairwise(cuts)
    ]


def _within(span: Span, cuts: Sequence[int]) -> Sequence[int]:
    return cuts[bisect_left(cuts, span.start) : bisect_left(cuts, span.end)]


def _piece(
    text: str, start: int, end: int, section: Section | None, lit: Span | None, *, mention: bool
) -> Piece:
    within = lit is not None and lit.start <= start < lit.end
    return Piece(
        text=text[start:end],
        section=section.id if section else "",
        level=len(section.path) if section else 0,
        opens=bool(section and section.heading and section.heading.start == start),
        lit=within,
        first_lit=within and lit is not None and start == lit.start,
        mention=mention,
    )


def outline(sections: Sequence[Section], cuts: Sequence[Span], lit: Span | None) -> list[Entry]:
    """The headings in order, each with the part that it stands in."""
    here = section_at(sections, lit) if lit else None
    starts = [span.start for span in cuts]
    return [
        Entry(
            section.id,
            section.path[-1],
            len(section.path),
            bisect_right(starts, section.heading.start),
            here is section,
        )
        for section in sections
        if section.heading
    ]


def span_in(text: str, start: int | None, end: int | None) -> Span | None:
    """The words from `start` to `end`, or None where the text has no such words."""
    if start is None or end is None or not 0 <= start < end <= len(text):
        return None
    return Span(start=start, end=end)


def published_page(document: Document, page: int | None) -> str | None:
    """Where a page of a PDF stands as it was published; None where no address is known.

    Browsers open a PDF at `#page=` (RFC 8118, section 3).
    """
    origin = document.origin or ""
    address = urlsplit(origin)
    is_pdf = address.scheme in ("http", "https") and address.path.casefold().endswith(".pdf")
    return f"{origin.partition('#')[0]}#page={page}" if is_pdf and page else None


def section_at(sections: Sequence[Section], lit: Span) -> Section | None:
    """The section in which the lit words begin."""
    return next((each for each in sections if each.span.start <= lit.start < each.span.end), None)


def neighbours(
    mentions: Sequence[Span], lit: Span | None
) -> tuple[int | None, Span | None, Span | None]:
    """Which mention is lit, counted from 1, and the ones before and after the lit words."""
    if lit is None:
        return None, None, mentions[0] if mentions else None
    before = [span for span in mentions if span.end <= lit.start]
    after = [span for span in mentions if span.start >= lit.end]
    within = any(span.start < lit.end and lit.start < span.end for span in mentions)
    return (
        len(before) + 1 if within else None,
        before[-1] if before else None,
        after[0] if after else None,
    )

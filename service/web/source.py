"""A document's text cut into pieces to show: headings, and the words that a citation lights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.models import Section, Span


class Piece(NamedTuple):
    """A stretch of the text, all of one kind; the pieces joined are the text."""

    text: str
    heading: bool
    lit: bool
    first_lit: bool


def pieces(text: str, sections: Sequence[Section], lit: Span | None) -> list[Piece]:
    """The whole text in order, cut where a heading or the lit words begin or end."""
    headings = [section.heading for section in sections if section.heading]
    edges = {0, len(text)}.union(*((span.start, span.end) for span in (*headings, *_given(lit))))
    heading_starts = _positions(headings)
    cuts = sorted(edges)
    return [
        Piece(
            text[start:end],
            heading=start in heading_starts,
            lit=lit is not None and lit.start <= start < lit.end,
            first_lit=lit is not None and start == lit.start,
        )
        for start, end in pairwise(cuts)
    ]


def _given(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span else ()


def _positions(spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(place for span in spans for place in range(span.start, span.end))


def span_in(text: str, start: int | None, end: int | None) -> Span | None:
    """The words from `start` to `end`, or None where the text has no such words."""
    if start is None or end is None or not 0 <= start < end <= len(text):
        return None
    return Span(start=start, end=end)


def section_at(sections: Sequence[Section], lit: Span) -> Section | None:
    """The section in which the lit words begin."""
    return next((each for each in sections if each.span.start <= lit.start < each.span.end), None)

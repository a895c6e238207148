"""A source laid out: its parts and pieces are the text, and its outline leads into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Section, Span
from service.web.source import neighbours, outline, part_at, parts, pieces, published_page, span_in
from tests.unit.service.stand_ins import CORPUS

REPORT = CORPUS[0]

TEXTS = st.text(st.sampled_from("ab \n\u05d0"), max_size=200)
SPANS = st.tuples(st.integers(0, 200), st.integers(1, 40))


def spans_in(text: str, wanted: list[tuple[int, int]]) -> list[Span]:
    """Spans of the text, in order, none inside another."""
    made: list[Span] = []
    for start, length in sorted(wanted):
        end = min(start + length, len(text))
        if start < end and (not made or start >= made[-1].end):
            made.append(Span(start=start, end=end))
    return made


def sections_at(headings: list[Span]) -> list[Section]:
    return [
        REPORT.sections[0].model_copy(
            update={"id": f"s{each.start}", "heading": each, "span": each, "path": ("x",)}
        )
        for each in headings
    ]


@given(TEXTS, st.lists(SPANS), st.lists(SPANS), SPANS, st.integers(4, 50))
def test_the_pieces_of_all_parts_are_the_text(
    text: str,
    headings: list[tuple[int, int]],
    mentions: list[tuple[int, int]],
    lit: tuple[int, int],
    size: int,
) -> None:
    sections = sections_at(spans_in(text, headings))
    said = spans_in(text, mentions)
    marked = span_in(text, lit[0], lit[0] + lit[1])
    cuts = parts(text, sections, size)
    made = [p for cut in cuts for p in pieces(text, cut, sections, marked, said)]
    assert "".join(piece.text for piece in made) == text
    assert "".join(piece.text for piece in made if piece.lit) == (marked.of(text) if marked else "")
    for kind, spans in (("section", [s.heading for s in sections]), ("mention", said)):
        words = "".join(piece.text for piece in made if getattr(piece, kind))
        assert words == "".join(span.of(text) for span in spans if span)
    assert sum(piece.first_lit for piece in made) == bool(marked)
    assert sum(piece.opens for piece in made) == len(sections)


@given(TEXTS, st.lists(SPANS), st.integers(4, 50))
def test_a_text_is_cut_into_parts_that_fit_together(
    text: str, headings: list[tuple[int, int]], size: int
) -> None:
    cuts = parts(text, sections_at(spans_in(text, headings)), size)
    assert [cut.start for cut in cuts] == [0, *(cut.end for cut in cuts[:-1])]
    assert cuts[-1].end == len(text)
    assert all(cut.end - cut.start <= size + size // 2 + 1 for cut in cuts)
    for place in range(len(text)):
        cut = cuts[part_at(cuts, place)]
        assert cut.start <= place < cut.end


def test_parts_begin_at_headings_where_they_can() -> None:
    text = "a" * 70 + "H" + "b" * 60
    assert parts(text, sections_at([Span(start=70, end=71)]), 80)[1].start == 70


def test_the_outline_tells_where_the_lit_words_are() -> None:
    heading = REPORT.sections[1].heading
    assert heading is not None
    lit = Span(start=heading.start, end=heading.end)
    entries = outline(REPORT.sections, parts(REPORT.text, REPORT.sections), lit)
    assert [each.title for each in entries] == [each.path[-1] for each in REPORT.sections]
    assert [each.here for each in entries].index(True) == 1
    assert {each.part for each in entries} == {1}


def test_mentions_before_and_after() -> None:
    said = [Span(start=start, end=start + 5) for start in (0, 10, 20)]
    assert neighbours(said, Span(start=10, end=15)) == (2, said[0], said[2])
    assert neighbours(said, Span(start=6, end=9)) == (None, said[0], said[1])
    assert neighbours(said, None) == (None, None, said[0])
    assert neighbours([], None) == (None, None, None)


@pytest.mark.parametrize(
    ("origin", "page", "link"),
    [
        ("https://example.org/plan.PDF", 3, "https://example.org/plan.PDF#page=3"),
        ("https://example.org/plan.pdf?v=2#top", 1, "https://example.org/plan.pdf?v=2#page=1"),
        ("https://example.org/plan.pdf", None, None),
        ("https://example.org/plan", 3, None),
        ("javascript:alert(1)//.pdf", 3, None),
        ("a report to the panel", 3, None),
        (None, 3, None),
    ],
)
def test_a_page_as_published_is_linked_only_where_an_address_is_known(
    origin: str | None, page: int | None, link: str | None
) -> None:
    document = REPORT.document.model_copy(update={"origin": origin})
    assert published_page(document, page) == link

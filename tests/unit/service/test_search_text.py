"""A search on a terminal: what a reader is told of the query, and what is lit in the hits."""

from __future__ import annotations

import re

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.terminal import Layout, folded, lit_lines, search_text
from tests.unit.service.test_search import search

LIT = re.compile("\x1b\\[1m\x1b\\[4m(.*?)\x1b\\[0m")


def shown(q: str, mode: str = "keyword", **how: object) -> str:
    return search_text(search(q, mode, **how), Layout(72))


def lit_in(text: str) -> list[str]:
    return LIT.findall(text)


def test_a_hit_says_whose_plan_it_is_under_which_headings_and_where() -> None:
    passage = search("shoplifting").hits[0].passage
    assert click.unstyle(shown("shoplifting")).split("\n") == [
        "1 passage found, 1 shown.",
        "",
        "1.  Redcar, 2013-2014",
        "    Theft",
        "    The theft of metal fell, as did shoplifting.",
        f"    {passage.document_id}, characters {passage.start} to {passage.end}",
    ]


def test_what_matched_is_lit() -> None:
    assert lit_in(shown('"metal theft"')) == ["Metal theft"]
    assert lit_in(shown("theft of metal", limit=1)) == ["Metal", "theft", "metal"]


def test_a_heading_that_matched_is_lit() -> None:
    assert lit_in(shown('"emerging issues"')) == ["Emerging issues"]


@pytest.mark.parametrize(
    ("q", "mode", "told"),
    [
        ("metla theft", "keyword", "No passage matches “metla theft”. Found for “metal theft”"),
        ("reports about metla theft in schools rising", "keyword", "Did you mean “reports about"),
        ("metal speeding", "keyword", "No passage has all of these words"),
        ("break-ins", "hybrid", "Also looked for: burglary (--without TERM leaves one out"),
        ("theft", "hybrid", "6 passages ranked, the best first: 6 shown."),
        ("theft OR speeding", "keyword", "By area: Hartlepool 1, Redcar 1, Stockton 1."),
        ("absent", "keyword", "No passage found."),
        ("absent", "hybrid", "here are those that come nearest"),
    ],
)
def test_the_reader_is_told_how_the_query_was_taken(q: str, mode: str, told: str) -> None:
    assert told in click.unstyle(shown(q, mode)).replace("\n", " ")


@given(st.text(max_size=200), st.data())
def test_lighting_changes_nothing_that_is_read(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    lines = lit_lines(text, spans, Layout(60))
    assert [click.unstyle(line) for line in lines] == Layout(60).wrapped(folded(text), "    ")


@given(st.lists(st.sampled_from(["metal", "theft", "of", "\n", "x" * 70]), max_size=60), st.data())
def test_what_is_lit_is_what_was_to_be_lit(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    found = [match.span() for match in re.finditer("metal|theft", text)]
    lines = lit_lines(text, found, Layout(60))
    assert lit_in("\n".join(lines)) == re.findall("metal|theft", text)

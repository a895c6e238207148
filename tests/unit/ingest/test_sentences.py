"""Sentences end where a reader would end them, and none is too long to quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Span
from ingest.periods import find_period
from ingest.sentences import MAX_SENTENCE_CHARS, cut, sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(start=0, end=len(text)))]


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in cut(text, Span(start=0, end=len(text)))]


@pytest.mark.parametrize(
    "whole",
    [
        "Cllr. Smith met Sgt. Jones, Insp. Brown and PC. White at St. Mary's.",
        "See No. 5 and para. 3 of the report, e.g. Supt. Green's, i.e. the last.",
        "A.S.B. is down by 3.5% since 2011.",
        "The A.S.B. Team works with J. Smith.",
        "1. Burglary will fall.",
        "a) Burglary will fall.",
        "3.4 Government spending was cut.",
        "Drugs, alcohol etc. are dealt with.",
        "Priority 1. Violence in public places",
        "Priority C. The night-time economy",
        "Strategic priority two. We listen",
        "Aim 3. Cut crime.",
    ],
)
def test_abbreviations_and_list_numbers_end_no_sentence(whole: str) -> None:
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    "sentence",
    [
        "The answer is no.",
        "Burglary is priority 1.",
        "It is in part 2.",
        "We will reduce A.S.B.",
        "Crime fell to 12.",
        "Why? Yes!",
    ],
)
def test_what_does_end_a_sentence(sentence: str) -> None:
    assert split(f"{sentence} The police agree.")[-1] == "The police agree."


def test_a_long_sentence_is_cut_at_the_best_mark() -> None:
    clause = "patrols by the police and wardens of the council will be seen in the town at night"
    text = ", ".join([clause] * 5) + "; " + ", ".join([clause] * 5)
    assert pieces(text) == [", ".join([clause] * 5) + ";", ", ".join([clause] * 5)]
    text = ", ".join([clause] * 10)
    assert pieces(text)[0] == ", ".join([clause] * 7) + ","


@given(st.text(alphabet="ab ,;:.\n", min_size=1).map(lambda text: (text * 300).strip() or "a"))
def test_pieces_hold_every_character_and_are_short(text: str) -> None:
    found = pieces(text)
    assert all(0 < len(piece) <= MAX_SENTENCE_CHARS for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_only_a_word_that_is_too_long_to_quote_is_cut_inside() -> None:
    word = "x" * (MAX_SENTENCE_CHARS + 1)
    assert pieces(f"one two {word}")[:2] == ["one two", "x" * MAX_SENTENCE_CHARS]
    words = "word " * 200
    assert all(set(piece.split()) == {"word"} for piece in pieces(words.strip()))


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("Plan 2011-2014", "2011-2014"),
        ("Plan 2021–24 and beyond", "2021-2024"),
        ("Annual priorities for 2011/12", "2011-2012"),
        ("Action plan 2023-24 to 2025-26", "2023-2026"),
        ("Plan 2021/22 – 2024/25", "2021-2025"),
        ("April 2021 to 31st March 2024", "2021-2024"),
        ("Assessment 2023", "2023"),
        ("14 September 2023", "None"),
        ("2014-2011", "None"),
        ("1998 to 2024", "None"),
        ("in 12011-2014 cases", "None"),
        ("version 1.2011", "None"),
    ],
)
def test_periods(words: str, period: str) -> None:
    assert str(find_period(words)) == period


def test_stops_between_spaces_part_the_items_of_one_line() -> None:
    line = "Noise at night . Dogs off the lead . Litter"
    assert [span.of(line) for span in sentences(line, Span(start=0, end=len(line)))] == [line]

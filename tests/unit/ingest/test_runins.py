"""Run-in headings: accepted by the regularity of siblings, refused to a dash in a sentence."""

from __future__ import annotations

import pytest

from ingest.readers import read
from ingest.runins import run_ins


def heads(*paragraphs: str) -> list[str]:
    text = "\n\n".join(paragraphs)
    file = read("plan.txt", text.encode())
    return [found.words.of(text) for found in run_ins(text, file.blocks).values()]


@pytest.mark.parametrize("separator", [" – ", " — ", " - ", ": "])
def test_siblings_with_the_same_separator_have_run_in_headings(separator: str) -> None:
    first = f"Violent crime, including abuse{separator}focusing on the top five wards."
    second = f"Drug use/dealing{separator}overseeing the four strands of the strategy."
    assert heads(first, second) == ["Violent crime, including abuse", "Drug use/dealing"]


def test_dashes_of_every_length_are_one_separator() -> None:
    assert heads("Burglary - we act on it.", "Robbery – we act on it.") == ["Burglary", "Robbery"]


def test_bold_words_are_run_in_headings() -> None:
    assert heads("**Burglary** is feared.", "**Robbery:** it is feared.") == ["Burglary", "Robbery"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Burglary – we act on it.", "Robbery is feared by many people here."),
        ("The partnership – which meets monthly – agreed.", "The board – as ever – did not."),
        ("Crime is down – by a third.", "Fear has grown – by a half."),
        ("We met in May. Crime – they said – fell.", "We met in June. It – they said – rose."),
        ("Our work has three strands: to act.", "Our plan will change this: it must."),
        ("burglary – we act on it.", "robbery – we act on it."),
        ("Re-offending fell by a third.", "Anti-social behaviour fell by a half."),
    ],
)
def test_a_dash_or_colon_in_a_sentence_is_no_run_in_heading(paragraphs: tuple[str, ...]) -> None:
    assert heads(*paragraphs) == []


def test_first_sentences_are_headings_where_nearly_all_paragraphs_begin_so() -> None:
    found = heads("Arson. We had 61 fires.", "Hate. Race was the motive.", "Fraud. £4 were lost.")
    assert found == ["Arson", "Hate", "Fraud"]
    marked = (
        "C1. Cut arson. We will act.",
        "C2. Cut fraud. We will.",
        "C3. Guard nurses. They ask.",
    )
    assert heads(*marked) == ["Cut arson", "Cut fraud", "Guard nurses"]


def test_short_sentences_are_no_headings() -> None:
    assert heads("Arson. We act.", "Hate. It hurts.") == []
    prose = "The board met in the town hall in May and agreed on this."
    assert heads("Arson. We act.", "Hate. It hurts.", "Fraud. It costs.", prose, prose) == []
    assert heads("Crime fell. We act.", "It rose. We act.", "They met. We act.") == []


@pytest.mark.parametrize("label", ["Priority {}: ", "Priority {} – ", "Priority {}. "])
@pytest.mark.parametrize("separator", [": ", " – ", ". "])
def test_a_label_takes_its_title_with_it(label: str, separator: str) -> None:
    titles = [label.format(1) + "Arson", label.format(2) + "Hate crime"]
    assert heads(*(f"{title}{separator}We will act." for title in titles)) == titles


def test_a_label_stands_before_a_title_that_is_a_clause() -> None:
    promises = ["Pledge 1. We will cut arson", "Pledge 2. We will cut fraud"]
    assert heads(*(f"{each}. It costs us much." for each in promises)) == promises


def test_an_aside_is_told_from_a_heading_among_siblings() -> None:
    found = heads("Burglary – we act.", "Robbery – we act.", "The board – which meets – agreed.")
    assert found == ["Burglary", "Robbery"]


def test_known_words_need_no_siblings() -> None:
    assert heads("Vision: a safe town.", "The plan was agreed in May 2023.") == ["Vision"]
    assert heads("Emerging issues – none is named.") == ["Emerging issues"]
    assert heads("Our priorities: burglary and robbery.") == []

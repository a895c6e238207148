"""What the terminal shows: wrapped, aligned, and harmless."""

from __future__ import annotations

import click
import pytest

from corpus.models import Basis
from service import messages
from service.queries import SearchQuery
from service.schemas import Answer, AskRequest
from service.terminal import Layout, answer_text, printable, search_text, table
from tests.unit.service.stand_ins import CORPUS, held

SOURCES = {parsed.document.id: parsed.document.source for parsed in CORPUS}


def answer() -> Answer:
    return held().answer(AskRequest(question="metal theft"))


def shown(width: int = 80, public_url: str = "") -> str:
    return click.unstyle(answer_text(answer(), Layout(width, public_url, SOURCES)))


def test_the_answer_comes_first_then_the_board_then_the_citations() -> None:
    opening, board, citations = shown().split("\n\n")
    assert opening.startswith("Middlesbrough names it")
    assert [line.split("  ")[1] for line in board.splitlines()] == [
        "Hartlepool",
        "Middlesbrough",
        "Redcar and Cleveland",
        "Stockton",
    ]
    assert "– Not mentioned" in board
    assert "(nearest: [1])" in board
    assert "[3] “Metal theft is tackled.”" in citations
    assert "report.txt, characters 227 to 250" in citations


def test_the_columns_of_the_board_are_aligned() -> None:
    board = shown().split("\n\n")[1].splitlines()
    assert len({line.index(shape) for line in board for shape in "●–" if shape in line}) == 1


@pytest.mark.parametrize("width", [200, 80, 40, 10])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert all(len(line) <= max(width, 40) for line in shown(width).splitlines())


def test_an_address_is_never_broken() -> None:
    url = "https://plans.example/with/a/long/path/in/front/of/it"
    text = shown(40, url)
    for citation in answer().citations:
        assert f"{url}{citation.url}" in text.split()


def test_a_document_can_not_take_over_the_terminal() -> None:
    text = shown()
    assert "\x1b" not in text
    assert "�[31m theft" in text
    assert printable("a\u202eb\x9bc\u2066d🚓é") == "a�b�c�d🚓é"


def test_hits_are_numbered_and_say_where_they_stand() -> None:
    asked = SearchQuery.model_validate({"q": "theft", "area": ["Narnia"]})
    assert "No plan of an area called 'Narnia'" in search_text(held().search(asked), Layout(80))
    asked = SearchQuery.model_validate({"q": "metal theft", "mode": "keyword", "limit": 1})
    text = search_text(held().search(asked), Layout(80, "", SOURCES))
    assert text.startswith("2 passages found, 1 shown.")
    assert "characters" in text
    assert "More: --cursor " in text


def test_numbers_in_a_table_stand_to_the_right() -> None:
    assert table(("a", "n"), [("long", "1"), ("b", "22")]) == "a      n\nlong   1\nb     22"


def test_absence_is_claimed_only_of_the_text_held() -> None:
    verdict = answer().verdicts[0]
    summary = verdict.model_copy(update={"basis": Basis.SUMMARY})
    assert messages.verdict_words(verdict.verdict, summary.basis).words.endswith("in the summary")

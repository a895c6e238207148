"""Boards as tables: one row for each verdict, and nothing that a spreadsheet would carry out."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from service.schemas import Filters
from service.tables import COLUMNS, as_csv, verdict_table
from tests.unit.service.stand_ins import held


def rows(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table, newline="")))


def test_each_verdict_has_a_row_with_its_words_and_place() -> None:
    made = held()
    board = made.board("metal theft", Filters())
    table = rows(verdict_table([board], made.engine.plans(), "https://plans.example"))
    assert [row["area"] for row in table] == [each.area for each in board.verdicts]
    by_area = {row["area"]: row for row in table}
    stockton, hartlepool = by_area["Stockton"], by_area["Hartlepool"]
    assert stockton["verdict"] == "priority"
    assert stockton["period"] == "2011-2014"
    assert stockton["quotation"] == "Metal theft rose."
    assert stockton["url"].startswith("https://plans.example/documents/")
    assert hartlepool["verdict_in_words"] == "Not mentioned"
    assert (hartlepool["quotation"], hartlepool["nearest_passage"]) == (
        "",
        "Domestic burglary fell.",
    )


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_no_text_becomes_a_formula_and_none_is_lost(text: str) -> None:
    (row,) = list(csv.reader(io.StringIO(as_csv(["a"], [(text, 1)]), newline="")))[1:]
    assert row[0][:1] not in set("=+-@\t\r\n＝＋－＠")
    assert row == [row[0], "1"]
    assert row[0] in (text, f"'{text}")


def test_a_row_is_as_wide_as_the_header() -> None:
    made = held()
    boards = [made.board(topic, Filters()) for topic in ("theft", "burglary")]
    table = list(csv.reader(io.StringIO(verdict_table(boards, made.engine.plans()))))
    assert len(table) == 1 + 8
    assert {len(row) for row in table} == {len(COLUMNS)}

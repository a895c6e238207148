from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Area, ParsedDocument
from corpus.prominence import prominence_of
from index import store
from index.store import OUTSIDE, Run, Store
from tests.builders import document, plan
from tests.unit.index.strategies import any_areas, any_parsed

# Models of any content take long to draw.
few = settings(max_examples=30)


@contextmanager
def stored(documents: list[ParsedDocument], areas: list[Area] | None = None) -> Iterator[Store]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # A name that a URI must quote.
        path = Path(folder) / "a ?#% b.sqlite"
        store.write(path, documents, areas or [])
        yield Store(path)


@few
@given(any_parsed(number=1), any_parsed(number=2), st.lists(any_areas, max_size=3))
def test_every_model_comes_back_as_it_went_in(
    first: ParsedDocument, second: ParsedDocument, areas: list[Area]
) -> None:
    with stored([first, second], areas) as held:
        row = 0
        assert held.documents == (first.document, second.document)
        assert held.plans == store.plans_in_order([first, second])
        assert held.areas == tuple(sorted(areas, key=lambda area: area.name))
        for parsed in (first, second):
            name = parsed.document.id
            assert held.document(name) == parsed.document
            assert held.text(name) == parsed.text
            assert held.sections(name) == parsed.sections
            assert held.rows(name) == range(row, row + len(parsed.passages))
            for passage in parsed.passages:
                assert held.row(passage.id) == row
                assert held.passages([row]) == (passage,)
                row += 1
        assert held.passage_count == row


@few
@given(any_parsed(number=1), any_parsed(number=2))
def test_runs_tile_the_rows_and_name_each_rows_plan(
    first: ParsedDocument, second: ParsedDocument
) -> None:
    passages = [*first.passages, *second.passages]
    with stored([first, second]) as held:
        covered = [row for run in held.runs for row in range(run.first, run.end)]
        assert covered == list(range(len(passages)))
        for run in held.runs:
            named = None if run.plan == OUTSIDE else held.plans[run.plan].id
            assert {passages[row].plan_id for row in range(run.first, run.end)} == {named}


def test_plans_stand_by_area_and_period() -> None:
    theft = {"Theft": "It fell."}
    later = plan("Stockton", theft, (2014, 2017))
    documents = [
        document("b.txt", later, plan("Hartlepool", theft)),
        document("a.txt", plan("Stockton", theft, (2011, 2014)), plan("Stockton", theft)),
    ]
    with stored(documents) as held:
        assert [(p.area, str(p.period)) for p in held.plans] == [
            ("Hartlepool", "None"),
            ("Stockton", "None"),
            ("Stockton", "2011-2014"),
            ("Stockton", "2014-2017"),
        ]


def test_a_plan_of_a_document_is_one_run_of_rows() -> None:
    words = {"Theft": "It fell.", "Drugs": "They rose."}
    parsed = document("a.txt", plan("Stockton", words), plan("Hartlepool", words), preface=words)
    with stored([parsed]) as held:
        assert held.runs == (Run(0, 2, OUTSIDE), Run(2, 4, 1), Run(4, 6, 0))


def test_what_is_not_held_is_none_or_empty() -> None:
    with stored([]) as held:
        assert held.document("x") is None
        assert held.text("x") is None
        assert held.row("x") is None
        assert held.sections("x") == ()
        assert list(held.rows("x")) == []
        with pytest.raises(KeyError):
            held.passages([0])


def test_threads_share_one_store() -> None:
    words = {f"Heading {number}": f"Sentence {number}." for number in range(200)}
    parsed = document("a.txt", plan("Stockton", words))
    with stored([parsed]) as held, ThreadPoolExecutor(8) as pool:
        rows = [[row, 199 - row] for row in range(200)] * 20
        read = list(pool.map(held.passages, rows))
        assert read == [tuple(parsed.passages[row] for row in each) for each in rows]


def test_reading_never_writes(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite"
    store.write(path, [document("a.txt", plan("Stockton", {"Theft": "It fell."}))], [])
    before = path.read_bytes()
    held = Store(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        held._database.execute("DELETE FROM passages")
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["corpus.sqlite"]


def test_a_full_disk_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="unable to open"):
        store.write(tmp_path / "missing" / "corpus.sqlite", [], [])


def test_passages_come_in_the_order_asked_for_one_as_often_as_it_was() -> None:
    parsed = document("a.txt", plan("Stockton", {f"Heading {n}": "It fell." for n in range(4)}))
    with stored([parsed]) as held:
        held.passages([1])
        read = held.passages([3, 1, 1, 0])
        assert [each.id for each in read] == [parsed.passages[n].id for n in (3, 1, 1, 0)]


def test_what_each_sentence_can_make_of_a_topic_is_known_unread() -> None:
    parsed = document("a.txt", plan("Stockton", {"Theft": "It fell. It rose."}))
    with stored([parsed]) as held:
        assert held.sentences_of_row.tolist() == [len(p.sentences) for p in parsed.passages]
        assert held.prominence.tolist() == [
            prominence_of(passage, said)
            for passage in parsed.passages
            for said in passage.sentences
        ]

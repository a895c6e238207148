"""`eval` scores a file of questions, over what is held or over a folder of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.catalogue import shipped_data
from tests.unit.service.command_line import one_sentence, run

METAL_THEFT = {
    "id": "q1",
    "question": "Which boroughs prioritise metal theft?",
    "type": "set",
    "boroughs": ["Stockton", "Redcar and Cleveland"],
    "must_quote": ["shoplifting and metal theft"],
    "forbidden_boroughs": ["Hartlepool", "Middlesbrough"],
    "answerable": True,
}
WRONG = METAL_THEFT | {"id": "q2", "boroughs": ["Hartlepool"], "forbidden_boroughs": []}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(each) for each in (METAL_THEFT, WRONG)))
    return file


def test_it_prints_scores_by_type_the_wrong_answers_and_the_baselines(
    questions: Path, tmp_path: Path
) -> None:
    result = run("eval", questions, "--data-dir", tmp_path / "data")
    assert result.exit_code == 0
    assert "set   2  1 (50%)" in result.stdout
    assert "q2 Which boroughs prioritise metal theft?" in result.stdout
    assert "an area is missing" in result.stdout
    assert "areas wanted: Hartlepool; given: Redcar and Cleveland, Stockton" in result.stdout
    assert "BM25, top 5" in result.stdout
    assert "dense, top 5" in result.stdout


def test_it_writes_all_that_it_measured(questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.json"
    written = []
    for _ in range(2):
        run("eval", questions, "--json", out, "--data-dir", tmp_path / "data")
        written.append(out.read_bytes())
    assert written[0] == written[1]
    ours = json.loads(written[0])["systems"]["saferplans"]
    assert [each["right"] for each in ours["questions"]] == [True, False]
    assert ours["tallies"][-1]["bad_offsets"] == 0


def test_a_folder_of_documents_is_asked_in_an_index_of_its_own(
    questions: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    result = run("eval", questions, "--documents", shipped_data(), "--data-dir", data)
    assert result.exit_code == 0
    assert "1 (50%)" in result.stdout
    assert not data.exists()


def test_a_file_that_holds_no_questions(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "q1"}')
    result = run("eval", file, "--data-dir", tmp_path / "data")
    assert result.exit_code == 1
    assert "line 1" in one_sentence(result)
    assert run("eval", tmp_path / "none.jsonl").exit_code == 2

"""`inspect` shows how a document was understood; flags state what would else be inferred."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import build_app
from tests.unit.service.command_line import one_sentence, run
from tests.unit.service.stand_ins import CORPUS, state

PAGE = """<title>Safer Ashdale</title><nav>Menu</nav><main><h1>Community Safety Plan 2022-25</h1>
<h2>Our vision</h2><p>A safe place.</p><h2>Our priorities</h2><h3>Burglary</h3><p>Locks. Lights.</p>
<h3>Theft</h3><p>Bikes are marked.</p></main>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "plan.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_a_file_is_shown_as_a_tree_with_roles_sizes_and_reasons(page: Path) -> None:
    shown = run("inspect", page).stdout.splitlines()
    assert shown[0].startswith("plan.html: read, ")
    assert "Left out: 1 menu." in shown
    assert "area: Ashdale (named in the title in the file's properties, “Safer Ashdale”)" in shown
    assert "period: 2022-2025 (the title says so: “Community Safety Plan 2022-25”)" in shown
    tree = [line.split(maxsplit=3)[3] for line in shown[shown.index("") :] if " - " in line[:8]]
    assert tree == [
        "Community Safety Plan 2022-25",
        "Our vision (vision)",
        "Our priorities (priority list)",
        "Burglary (priority)",
        "Theft (priority)",
    ]


def test_flags_state_what_would_else_be_inferred(page: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    flags = ("--area", "Elmbridge", "--period", "2023/24", "--kind", "strategy", "--title", "Ours")
    assert run("ingest", page, "--data-dir", data, *flags).exit_code == 0
    outline = json.loads(run("inspect", "plan.html", "--data-dir", data, "--json").stdout)
    (part,) = outline["parts"]
    stated = {fact["what"]: (fact["value"], fact["reason"]) for fact in part["facts"]}
    reason = "as stated, not inferred"
    assert stated["area"] == ("Elmbridge", reason)
    assert stated["period"] == ("2023-2024", reason)
    assert stated["kind"] == ("strategy", reason)
    assert outline["facts"] == [{"what": "title", "value": "Ours", "reason": reason}]


def test_other_flags_for_the_same_file_are_another_reading(page: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("ingest", page, "--data-dir", data)
    again = run("ingest", page, "--data-dir", data, "--area", "Elmbridge")
    assert "Elmbridge" in again.stdout
    assert "area: Elmbridge (as stated" in run("inspect", "plan.html", "--data-dir", data).stdout


def test_what_can_not_be_shown_says_why(page: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("ingest", page, "--data-dir", data)
    assert "neither a file nor" in one_sentence(run("inspect", "none.txt", "--data-dir", data))
    (tmp_path / "none.docx").write_bytes(b"words")
    assert "cut short" in one_sentence(run("inspect", tmp_path / "none.docx"))
    wrong = run("inspect", page, "--period", "soon")
    assert wrong.exit_code == 2
    assert "'soon' is no period" in wrong.stderr


def test_the_api_gives_the_outline_and_404_for_an_unknown_document() -> None:
    (report, *_) = CORPUS
    with TestClient(build_app(state())) as client:
        outline = client.get(f"/v1/documents/{report.document.id}/outline").json()
        assert client.get("/v1/documents/none/outline").status_code == 404
        assert client.get("/documents/none/outline").status_code == 404
    titles = [section["title"] for part in outline["parts"] for section in part["sections"]]
    assert titles == [section.path[-1] for section in report.sections]
    sizes = [section["passages"] for part in outline["parts"] for section in part["sections"]]
    assert sum(sizes) == outline["passages"] == len(report.passages)

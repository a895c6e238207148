"""What is held is listed and removed; an ingest reads, embeds and publishes only what changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.settings import Settings
from tests.fakes import FakeEmbedder
from tests.unit.service.command_line import one_sentence, run

PLAN = "{area} Community Safety Plan 2022-2025\n\nOur priorities\n\n1 Burglary\n\nWe act.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    for area in ("Barsham", "Colney"):
        file = tmp_path / "plans" / f"{area.lower()}.txt"
        file.write_text(PLAN.format(area=area), encoding="utf-8")
    return tmp_path / "plans"


@pytest.fixture
def data(folder: Path) -> Path:
    place = folder.parent / "data"
    assert run("ingest", folder, "--data-dir", place).exit_code == 0
    return place


def held(data: Path) -> dict[str, str]:
    listed = json.loads(run("documents", "--json", "--data-dir", data).stdout)
    assert listed["next_cursor"] is None
    return {document["source"]: document["id"] for document in listed["documents"]}


def no_model(_settings: Settings) -> FakeEmbedder:
    """An embedder that nothing may be embedded with."""

    class Unused(FakeEmbedder):
        def embed(self, texts: object) -> object:
            raise AssertionError("something was embedded")

    return Unused()


def test_documents_are_listed_with_what_is_known_of_them(folder: Path, data: Path) -> None:
    (folder / "café.txt").write_bytes("Café notes\n\nText.\n".encode("cp1252"))
    (folder / "copy.txt").write_bytes((folder / "colney.txt").read_bytes())
    run("ingest", folder, "--data-dir", data)
    shown = run("documents", "--data-dir", data).stdout
    assert f"{held(data)['colney.txt']}  colney.txt\n" in shown
    assert "            Colney; 2022-2025; read\n" in shown
    assert "            also under the name of copy.txt\n" in shown
    assert "            no area; no period; degraded\n            Not UTF-8" in shown
    assert shown.endswith("3 documents held now.\n")


def test_documents_of_an_empty_data_directory(tmp_path: Path) -> None:
    result = run("documents", "--data-dir", tmp_path)
    assert result.exit_code == 1
    assert "There is no index" in one_sentence(result)


def test_an_ingest_of_what_is_held_embeds_and_publishes_nothing(folder: Path, data: Path) -> None:
    before = (data / "CURRENT").read_text()
    result = run("ingest", folder, "--data-dir", data, embedder=no_model)
    assert result.stdout == "2 files unchanged.\nNothing changed: 2 documents held.\n"
    assert (data / "CURRENT").read_text() == before
    assert len(list((data / "generations").iterdir())) == 1


def test_a_file_that_is_gone_is_told_then_pruned(folder: Path, data: Path) -> None:
    (folder / "colney.txt").unlink()
    told = run("ingest", folder, "--data-dir", data)
    assert told.exit_code == 0
    assert "colney.txt: gone from its folder; its document stays, unless --prune" in told.stdout
    assert len(held(data)) == 2
    pruned = run("ingest", folder, "--prune", "--data-dir", data, embedder=no_model)
    assert "colney.txt: removed.\n" in pruned.stdout
    assert list(held(data)) == ["barsham.txt"]


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_document_is_removed_and_nothing_embedded(folder: Path, data: Path, by: str) -> None:
    name = held(data)["colney.txt"] if by == "id" else "colney.txt"
    result = run("remove", name, "--data-dir", data, embedder=no_model)
    assert result.stdout == "colney.txt: removed.\n1 document held now.\n"
    assert list(held(data)) == ["barsham.txt"]
    assert json.loads(run("ask", "burglary", "--json", "--data-dir", data).stdout)["areas"] == [
        "Barsham"
    ]


def test_removing_all_leaves_an_index_that_holds_none(data: Path) -> None:
    done = json.loads(
        run("remove", "barsham.txt", "colney.txt", "--json", "--data-dir", data).stdout
    )
    assert (done["documents_held"], done["report"]["removed"]) == (0, ["barsham.txt", "colney.txt"])
    assert run("ask", "burglary", "--data-dir", data).exit_code == 0
    assert run("doctor", "--data-dir", data).exit_code == 0


def test_one_unknown_name_removes_nothing(data: Path) -> None:
    result = run("remove", "colney.txt", "other.txt", "--data-dir", data)
    assert result.exit_code == 1
    assert "No document called 'other.txt' is held" in one_sentence(result)
    assert len(held(data)) == 2


def test_a_name_that_several_bear_is_refused_with_their_ids(folder: Path, data: Path) -> None:
    other = folder.parent / "other"
    other.mkdir()
    (other / "colney.txt").write_text(PLAN.format(area="Denholm"), encoding="utf-8")
    run("ingest", other, "--data-dir", data)
    result = run("remove", "colney.txt", "--data-dir", data)
    assert result.exit_code == 1
    assert held(data)["colney.txt"] in one_sentence(result)


def test_the_data_directory_is_no_document(folder: Path) -> None:
    for _ in range(2):
        result = run("ingest", folder, "--data-dir", folder / "index")
        assert result.exit_code == 0, result.stdout
    assert len(held(folder / "index")) == 2


def test_the_report_is_kept_with_the_index(folder: Path, data: Path) -> None:
    (folder / "bad.txt").write_bytes(b"")
    (folder / "new.txt").write_text(PLAN.format(area="Denholm"), encoding="utf-8")
    done = json.loads(run("ingest", folder, "--json", "--data-dir", data).stdout)
    kept = data / "generations" / done["generation"] / "report.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == done["report"]
    assert {file["name"]: file["change"] for file in done["report"]["files"]} == {
        "bad.txt": None,
        "barsham.txt": "unchanged",
        "colney.txt": "unchanged",
        "new.txt": "new",
    }

"""Files and folders: each gets its line in the report, and none stops another."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, DocumentEntry
from corpus.ids import sha256_hex
from ingest import batch, parsing
from ingest.pipeline import ingest_files
from ingest.report import IngestReport, Outcome

PLAN = "Hartlepool Community Safety Plan 2011-2014\n\nVision\n\nA safe town.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "a.md").write_text("# Notes\n\nOf a meeting.\n", encoding="utf-8")
    (tmp_path / "catalogue.toml").write_text("", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "c.txt").write_text("Stockton Safety Plan\n\nCafé.\n", encoding="cp1252")
    return tmp_path


def outcomes(report: IngestReport) -> dict[str, str]:
    return {file.name: file.outcome.value for file in report.files}


def test_a_folder_is_read_in_order_without_hidden_files_and_its_catalogue(folder: Path) -> None:
    result = ingest_files([folder])
    assert outcomes(result.report) == {"a.md": "read", "b.txt": "read", "inner/c.txt": "degraded"}
    assert [made.document.source for made in result.documents] == ["a.md", "b.txt", "inner/c.txt"]
    assert [made.document.status for made in result.documents] == ["read", "read", "degraded"]
    assert not result.report.failed
    assert result.report.count(Outcome.READ) == 2


def test_one_bad_file_never_stops_the_others(folder: Path) -> None:
    (folder / "b1.txt").write_bytes(b"")
    (folder / "b2.docx").write_bytes(b"PK\x03\x04")
    (folder / "b3.txt").write_bytes(b"\x00\x01\x02plan")
    result = ingest_files([folder, folder / "nowhere.txt"])
    failed = {file.name: file.problem for file in result.report.files if file.problem}
    assert list(failed) == ["b1.txt", "b2.docx", "b3.txt", "nowhere.txt"]
    assert all(problem and problem.endswith(".") for problem in failed.values())
    assert result.report.failed
    assert len(result.documents) == 3


def test_progress_counts_every_file(folder: Path) -> None:
    calls: list[tuple[int, int, str]] = []
    ingest_files([folder], on_file=lambda *call: calls.append(call))
    assert calls == [(1, 3, "a.md"), (2, 3, "b.txt"), (3, 3, "inner/c.txt")]


def test_copies_are_one_document_with_two_names(folder: Path) -> None:
    (folder / "copy.txt").write_text(PLAN, encoding="utf-8")
    result = ingest_files([folder])
    copy = next(file for file in result.report.files if file.name == "copy.txt")
    assert (copy.outcome, copy.copy_of) == (Outcome.READ, "b.txt")
    assert copy.notes == ("The same bytes as b.txt: one document with two names.",)
    assert len(result.documents) == 3


def test_a_file_given_twice_is_read_once(folder: Path) -> None:
    result = ingest_files([folder / "b.txt", folder, folder / "b.txt"])
    assert list(outcomes(result.report)) == ["b.txt", "a.md", "inner/c.txt"]


def test_different_files_with_one_id_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (parsing, batch):
        monkeypatch.setattr(module, "document_id", lambda sha256: "same")
    result = ingest_files([folder])
    assert outcomes(result.report) == {"a.md": "read", "b.txt": "failed", "inner/c.txt": "failed"}
    assert "would have the id of a.md" in (result.report.files[1].problem or "")
    assert len(result.documents) == 1


def test_the_catalogue_describes_and_is_held_to(folder: Path) -> None:
    entries = (
        DocumentEntry(file="b.txt", title="The plan", sha256=sha256_hex(PLAN), publisher="Council"),
        DocumentEntry(file="a.md", title="Notes", sha256="0" * 64),
        DocumentEntry(file="gone.txt", title="Gone"),
    )
    result = ingest_files([folder], Catalogue(document=entries))
    assert outcomes(result.report) == {
        "a.md": "failed",
        "b.txt": "read",
        "inner/c.txt": "degraded",
        "gone.txt": "failed",
    }
    problems = [file.problem or "" for file in result.report.files]
    assert "not the file that was catalogued" in problems[0]
    assert "in the catalogue but not among the files given" in problems[3]
    assert result.documents[0].document.title == "The plan"
    assert result.documents[0].document.publisher == "Council"


def test_a_catalogued_heading_that_is_missing_fails_its_file_only(folder: Path) -> None:
    entry = DocumentEntry.model_validate(
        {"file": "b.txt", "title": "T", "plan": [{"area": "A", "heading": "East Plan"}]}
    )
    result = ingest_files([folder], Catalogue(document=(entry,)))
    assert "no heading “East Plan”" in (result.report.files[1].problem or "")
    assert len(result.documents) == 2


def test_what_is_no_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    result = ingest_files([tmp_path, tmp_path / "none"])
    assert [file.outcome for file in result.report.files] == [Outcome.FAILED, Outcome.FAILED]


def test_the_report_says_what_was_found_and_goes_to_json_and_back(folder: Path) -> None:
    report = ingest_files([folder]).report
    (plan,) = report.files[1].plans
    assert (plan.area, plan.title) == ("Hartlepool", "Hartlepool Community Safety Plan 2011-2014")
    assert {fact.what for fact in plan.inferred} == {"area", "kind", "period"}
    assert IngestReport.model_validate_json(report.model_dump_json()) == report


def test_nothing_is_an_empty_result() -> None:
    result = ingest_files([])
    assert (result.documents, result.report.files, result.report.failed) == ((), (), False)

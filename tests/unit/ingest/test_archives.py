"""An archive is a folder: its members are named, moved, replaced and missed like any files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.pipeline import Before, IngestResult, ingest_files
from ingest.report import Change
from ingest.twins import Held

PLAN = "{area} Community Safety Plan 2022-2025\n\nOur priorities\n\n1 Burglary\n\nWe act.\n"


def pack(archive: Path, **areas: str) -> Path:
    """An archive of plans: file name without its suffix to area; `_` stands for a folder."""
    with zipfile.ZipFile(archive, "w") as packed:
        for name, area in areas.items():
            packed.writestr(name.replace("_", "/") + ".txt", PLAN.format(area=area))
    return archive


def again(path: Path, before: IngestResult, *, prune: bool = False) -> IngestResult:
    held = tuple(Held(document=h.document, origin=h.origin) for h in before.holdings)
    return ingest_files([path], None, Before(held, prune=prune))


def sources(result: IngestResult) -> list[str]:
    return [holding.document.source for holding in result.holdings]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return pack(tmp_path / "plans.zip", barsham="Barsham", north_colney="Colney")


def test_members_are_named_by_the_archive_and_their_path_in_it(archive: Path) -> None:
    assert sources(ingest_files([archive])) == [
        "plans.zip/barsham.txt",
        "plans.zip/north/colney.txt",
    ]


def test_an_archive_in_a_folder_is_read_like_one_that_is_given(archive: Path) -> None:
    assert sources(ingest_files([archive.parent])) == sources(ingest_files([archive]))


def test_an_archive_that_is_as_it_was_changes_nothing(archive: Path) -> None:
    first = ingest_files([archive])
    second = again(archive, first)
    assert second.documents == ()
    assert {file.change for file in second.report.files} == {Change.UNCHANGED}


def test_a_member_is_replaced_and_another_gone(archive: Path) -> None:
    first = ingest_files([archive])
    pack(archive, barsham="Barsham and Erith")
    second = again(archive, first)
    assert second.report.replaced == ("plans.zip/barsham.txt",)
    assert second.report.gone == ("plans.zip/north/colney.txt",)
    assert len(again(archive, first, prune=True).holdings) == 1


def test_a_damaged_archive_takes_no_document_away(archive: Path) -> None:
    first = ingest_files([archive])
    archive.write_bytes(b"no archive any more")
    second = again(archive.parent, first, prune=True)
    assert second.report.failed
    assert sources(second) == sources(first)


def test_what_is_unpacked_keeps_its_id(archive: Path, tmp_path: Path) -> None:
    first = ingest_files([archive])
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "unpacked")
    archive.unlink()
    second = again(tmp_path / "unpacked", first)
    assert sources(second) == ["barsham.txt", "north/colney.txt"]
    assert [h.document.id for h in second.holdings] == [h.document.id for h in first.holdings]


def test_what_is_no_document_of_a_users_is_passed_over(tmp_path: Path) -> None:
    archive = tmp_path / "plans.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name in ("catalogue.toml", ".hidden.txt", "__MACOSX/._a.txt", "~$a.docx", "folder/"):
            packed.writestr(name, "")
        packed.writestr("a\\plan.txt", PLAN.format(area="Barsham"))
    assert sources(ingest_files([archive])) == ["plans.zip/a/plan.txt"]

"""A second ingest: what is held isn't read again, and what moved, changed or went is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue, DocumentEntry
from corpus.models import Area
from ingest import reading
from ingest.pipeline import Before, IngestResult, ingest_files
from ingest.report import Change
from ingest.twins import Held
from tests.hostile.pdfs import ENCRYPTED, one_page

PLAN = "{area} Community Safety Plan 2022-2025\n\nOur priorities\n\n1 Burglary\n\nWe act.\n"


def write(folder: Path, name: str, area: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PLAN.format(area=area), encoding="utf-8")
    return file


def held(result: IngestResult) -> tuple[Held, ...]:
    """What an index would hold afterwards."""
    return tuple(Held(document=each.document, origin=each.origin) for each in result.holdings)


def names(result: IngestResult) -> dict[str, tuple[str, ...]]:
    """The names of each document held, by its id."""
    return {
        each.document.id: (each.document.source, *each.document.copies) for each in result.holdings
    }


def changes(result: IngestResult) -> dict[str, Change | None]:
    return {file.name: file.change for file in result.report.files}


def again(
    path: Path | Sequence[Path],
    before: IngestResult,
    catalogue: Catalogue | None = None,
    *,
    prune: bool = False,
) -> IngestResult:
    paths = [path] if isinstance(path, Path) else path
    return ingest_files(paths, catalogue, Before(held(before), prune=prune))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for area in ("Barsham", "Colney", "Denholm"):
        write(tmp_path / "plans", f"{area.lower()}.txt", area)
    return tmp_path / "plans"


@pytest.fixture
def first(folder: Path) -> IngestResult:
    return ingest_files([folder])


def test_what_is_held_is_not_read_again(folder: Path, first: IngestResult) -> None:
    second = again(folder, first)
    assert second.documents == ()
    assert second.holdings == held(first)
    assert set(changes(second).values()) == {Change.UNCHANGED}


def test_only_the_file_that_changed_is_read_and_it_replaces(
    folder: Path, first: IngestResult
) -> None:
    write(folder, "colney.txt", "Colney and Erith")
    second = again(folder, first)
    assert [each.document.source for each in second.documents] == ["colney.txt"]
    assert changes(second)["colney.txt"] is Change.CHANGED
    assert second.report.replaced == ("colney.txt",)
    assert len(second.holdings) == 3


def test_a_file_that_can_not_be_read_any_more_leaves_its_document(
    folder: Path, first: IngestResult
) -> None:
    (folder / "colney.txt").write_bytes(b"\0")
    second = again(folder, first)
    assert second.holdings == held(first)
    (failed,) = [file for file in second.report.files if file.problem]
    assert failed.notes == ("The version that was held before stays.",)


def test_a_moved_file_keeps_its_id(folder: Path, first: IngestResult) -> None:
    (folder / "inner").mkdir()
    (folder / "colney.txt").rename(folder / "inner" / "colney.txt")
    (folder / "barsham.txt").rename(folder / "renamed.txt")
    second = again(folder, first)
    assert names(second).keys() == names(first).keys()
    assert set(names(second).values()) == {
        ("renamed.txt",), ("inner/colney.txt",), ("denholm.txt",)
    }  # fmt: skip
    # A name may tell the area, so a renamed file is read again; one in another folder isn't.
    assert [each.document.source for each in second.documents] == ["renamed.txt"]
    assert changes(second)["inner/colney.txt"] is changes(second)["renamed.txt"] is Change.MOVED
    assert (second.report.gone, second.report.replaced) == ((), ())


def test_a_folder_that_moved_is_met_again(folder: Path, first: IngestResult) -> None:
    moved = folder.rename(folder.parent / "elsewhere")
    second = again(moved, first)
    assert names(second) == names(first)
    assert set(changes(second).values()) == {Change.MOVED}
    assert again(moved, second).holdings == second.holdings


def test_a_copy_is_another_name_wherever_it_stands(folder: Path, first: IngestResult) -> None:
    copy = write(folder.parent, "copy.txt", "Barsham")
    second = again(copy, first)
    assert ("barsham.txt", "copy.txt") in names(second).values()
    assert second.documents == ()
    copy.unlink()
    assert names(again(folder, second)) == names(first)


def test_where_the_first_of_two_names_goes_the_other_stays(
    folder: Path, first: IngestResult
) -> None:
    write(folder, "zcopy.txt", "Barsham")
    second = again(folder, first)
    (folder / "barsham.txt").unlink()
    third = again(folder, second, prune=True)
    assert ("zcopy.txt",) in names(third).values()
    assert (third.report.gone, third.report.removed) == ((), ())


def test_a_file_that_is_gone_is_told_and_its_document_stays_unless_it_is_pruned(
    folder: Path, first: IngestResult
) -> None:
    (folder / "colney.txt").unlink()
    second = again(folder, first)
    assert second.report.gone == ("colney.txt",)
    assert second.holdings == held(first)
    third = again(folder, second, prune=True)
    assert (third.report.gone, third.report.removed) == ((), ("colney.txt",))
    assert len(third.holdings) == 2


def test_pruning_touches_only_the_folders_given(folder: Path, first: IngestResult) -> None:
    other = write(folder.parent / "other", "a.txt", "Erith").parent
    second = again(other, first)
    (folder / "colney.txt").unlink()
    third = again(other, second, prune=True)
    assert third.holdings == held(second)


def test_what_can_not_be_looked_into_is_not_gone(
    folder: Path, first: IngestResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = write(folder / "inner", "erith.txt", "Erith").parent
    second = again(folder, first)
    listed = Path.iterdir

    def iterdir(path: Path) -> Iterator[Path]:
        if path == inner:
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    third = again(folder, second, prune=True)
    assert third.holdings == held(second)
    (failed,) = [file for file in third.report.files if file.problem]
    assert failed.problem == f"{inner} can't be read (Permission denied): check its permissions."


def test_files_of_one_name_in_two_folders_are_two_documents(tmp_path: Path) -> None:
    first = ingest_files([write(tmp_path / "a", "plan.txt", "Barsham").parent])
    second = again(write(tmp_path / "b", "plan.txt", "Colney").parent, first)
    assert [each.document.source for each in second.holdings] == ["plan.txt", "plan.txt"]


def test_a_new_version_in_a_new_folder_replaces_one_whose_folder_is_gone(tmp_path: Path) -> None:
    old = write(tmp_path / "monday", "plan.txt", "Barsham")
    first = ingest_files([old.parent])
    old.unlink()
    second = again(write(tmp_path / "tuesday", "plan.txt", "Barsham and Erith").parent, first)
    assert second.report.replaced == ("plan.txt",)
    assert len(second.holdings) == 1


def test_what_a_catalogue_says_anew_is_read_anew(folder: Path, first: IngestResult) -> None:
    entry = DocumentEntry(file="colney.txt", title="Colney's plan")
    second = again(folder, first, Catalogue(document=(entry,)))
    assert [each.document.title for each in second.documents] == ["Colney's plan"]
    assert changes(second)["colney.txt"] is Change.CHANGED
    assert second.report.replaced == ()
    third = again(folder, second, Catalogue(area=(Area(name="Barsham"),), document=(entry,)))
    assert len(third.documents) == 3


def test_a_catalogued_file_that_is_held_is_not_missed(folder: Path, first: IngestResult) -> None:
    entry = DocumentEntry(file="colney.txt", title="Colney's plan")
    second = again(folder / "barsham.txt", first, Catalogue(document=(entry,)))
    assert not second.report.failed


def test_another_reader_reads_everything_again(
    folder: Path, first: IngestResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.parsing.maker", lambda: "another version")
    assert len(again(folder, first).documents) == 3


def test_a_file_that_changes_while_it_is_read_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = reading.parse
    monkeypatch.setattr(reading, "parse", lambda name, data, known: parse(name, data + b"!", known))
    (report, *_) = ingest_files([folder]).report.files
    assert report.problem == "barsham.txt changed while it was read: ingest it again."


AREAS = ("Barsham", "Colney", "Denholm")
NAMES = ("a.txt", "b.txt", "inner/a.txt", "inner/c.txt")

steps = st.lists(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([None, *AREAS])), max_size=3),
    min_size=1,
    max_size=4,
)
"""Ingests, each after some files were written, or removed where the area is None."""


@settings(max_examples=50)
@given(steps)
def test_pruning_ends_where_a_first_ingest_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[str, str | None]]]
) -> None:
    folder = tmp_path_factory.mktemp("plans")
    result = ingest_files([folder])
    for step in steps:
        for name, area in step:
            if area:
                write(folder, name, area)
            else:
                (folder / name).unlink(missing_ok=True)
        kept = again(folder, result)
        result = again(folder, result, prune=True)
        fresh = ingest_files([folder])
        assert {key: set(value) for key, value in names(result).items()} == {
            key: set(value) for key, value in names(fresh).items()
        }
        assert names(kept).keys() >= names(fresh).keys()
        assert again(folder, result, prune=True).holdings == held(result)


@pytest.fixture
def locked(folder: Path) -> Path:
    """A plan that needs a password; its name says whose it is."""
    file = folder / "hartlepool-plan.pdf"
    file.write_bytes(ENCRYPTED)
    return file


def test_a_plan_that_can_not_be_read_is_held_as_unreadable_where_its_area_is_known(
    folder: Path, locked: Path
) -> None:
    result = ingest_files([folder])
    (failed,) = [file for file in result.report.files if file.problem]
    assert result.report.failed
    assert failed.notes == ("The boards for Hartlepool say that it could not be read.",)
    (made,) = [each for each in result.documents if each.document.id == failed.document_id]
    assert (made.document.status, made.text, made.passages) == ("unreadable", "", ())
    (plan,) = made.plans
    assert (plan.area, plan.read_whole) == ("Hartlepool", False)
    assert made.document.notes == (failed.problem,)


def test_it_is_tried_again_every_time_and_told_every_time(folder: Path, locked: Path) -> None:
    first = ingest_files([folder])
    second = again(folder, first)
    assert second.holdings == held(first)
    assert [f for f in second.report.files if f.problem] == [
        f for f in first.report.files if f.problem
    ]
    locked.rename(locked.with_name("hartlepool.pdf"))
    third = again(folder, second, prune=True)
    assert ("hartlepool.pdf",) in names(third).values()
    assert len(third.holdings) == len(first.holdings)


def test_it_gives_way_once_it_can_be_read(folder: Path, locked: Path) -> None:
    first = ingest_files([folder])
    locked.write_bytes(one_page())
    second = again(folder, first)
    assert second.report.replaced == (locked.name,)
    assert [each.document.source for each in second.documents] == [locked.name]


def test_an_earlier_version_that_could_be_read_stays_instead(folder: Path) -> None:
    file = folder / "hartlepool-plan.pdf"
    file.write_bytes(one_page())
    first = ingest_files([folder])
    file.write_bytes(ENCRYPTED)
    assert again(folder, first).holdings == held(first)


def test_of_a_file_without_an_area_that_can_not_be_read_nothing_is_held(folder: Path) -> None:
    (folder / "some-file.pdf").write_bytes(ENCRYPTED)
    assert len(ingest_files([folder]).holdings) == 3


def test_every_catalogued_plan_of_a_file_that_can_not_be_read_is_held_as_unreadable(
    folder: Path,
) -> None:
    (folder / "some-file.pdf").write_bytes(ENCRYPTED)
    entry = DocumentEntry.model_validate(
        {
            "file": "some-file.pdf",
            "title": "Plans",
            "plan": [{"area": name, "heading": name, "period": "2011"} for name in ("Ash", "Beck")],
        }
    )
    result = ingest_files([folder], Catalogue(document=(entry,)))
    areas = [plan.area for each in result.documents for plan in each.plans if not plan.read_whole]
    assert areas == ["Ash", "Beck"]


def test_an_entry_that_names_one_plan_twice_stops_nothing(folder: Path) -> None:
    (folder / "some-file.pdf").write_bytes(ENCRYPTED)
    plans = [{"area": "Ash", "heading": heading} for heading in ("One", "Two")]
    entry = DocumentEntry.model_validate({"file": "some-file.pdf", "title": "T", "plan": plans})
    result = ingest_files([folder], Catalogue(document=(entry,)))
    assert len(result.holdings) == 3
    assert result.report.failed

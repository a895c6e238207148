"""The glossary is made ready once, kept, and made anew when what it is made from changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.glossary import load_glossary
from service.answering.tabulating import listing_of
from service.prepared import FILE, Prepared, prepared

OWN = '[[same]]\nterms = ["Operation Halcyon", "the summer patrols"]\nsource = "our list"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_it_is_what_the_files_say(folder: Path) -> None:
    made, kept = prepared(None, folder), prepared(None, folder)
    assert made == kept
    assert kept.glossary == load_glossary()
    assert kept.listing == listing_of(kept.glossary)


def test_what_is_kept_is_taken_as_it_is(folder: Path) -> None:
    made = prepared(None, folder)
    marked = made.model_copy(update={"glossary": made.glossary.model_copy(update={"classes": ()})})
    (folder / FILE).write_text(marked.model_dump_json(by_alias=True), encoding="utf-8")
    assert prepared(None, folder) == marked


@pytest.mark.parametrize("held", [b"", b"{", b'{"made_from": "another"}'])
def test_what_can_not_be_read_is_made_anew(folder: Path, held: bytes) -> None:
    folder.mkdir()
    (folder / FILE).write_bytes(held)
    assert prepared(None, folder).glossary == load_glossary()
    assert Prepared.model_validate_json((folder / FILE).read_bytes()) == prepared(None, folder)


def test_a_users_own_rows_are_there_as_soon_as_the_file_has_them(
    folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN, encoding="utf-8")
    assert prepared(own, folder).glossary.same[-1].terms[0] == "Operation Halcyon"
    own.write_text(OWN.replace("Halcyon", "Petrel"), encoding="utf-8")
    assert prepared(own, folder).glossary.same[-1].terms[0] == "Operation Petrel"
    assert prepared(None, folder).glossary == load_glossary()


def test_a_folder_that_can_not_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should", encoding="utf-8")
    assert prepared(None, tmp_path / "data").glossary == load_glossary()

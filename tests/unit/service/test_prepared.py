"""The glossary is made ready once, kept, and made anew when what it is made from changes."""

from __future__ import annotations

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

import corpus
from corpus import glossary, places
from corpus.glossary import load_glossary
from index.checked import sealed, unsealed
from service.answering import tabulating
from service.answering.tabulating import listing_of
from service.prepared import _MAKING, FILE, Prepared, prepared

_PROJECT = {"bots", "corpus", "index", "ingest", "service"}

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
    (folder / FILE).write_bytes(sealed(marked.model_dump_json(by_alias=True).encode()))
    assert prepared(None, folder) == marked


def test_what_is_kept_is_made_anew_where_a_number_has_changed(folder: Path) -> None:
    made = prepared(None, folder)
    whole = (folder / FILE).read_bytes()
    last = re.compile(rb"\d(?=\D*\Z)")
    (folder / FILE).write_bytes(last.sub(lambda digit: b"%d" % (9 - int(digit[0])), whole))
    assert prepared(None, folder) == made
    rows = made.listing.model_copy(update={"rows": dict.fromkeys(made.listing.rows, "999999")})
    kept = made.model_copy(update={"listing": rows}).model_dump_json(by_alias=True)
    (folder / FILE).write_text(kept, encoding="utf-8")
    assert prepared(None, folder) == made
    assert (folder / FILE).read_bytes() == whole


def _imported(module: str) -> set[str]:
    """The modules of this project that one imports."""
    found = find_spec(module)
    assert found is not None
    assert found.origin is not None
    tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    names = {alias.name for node in plain for alias in node.names}
    for node in named:
        names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.split(".")[0] in _PROJECT and _is_module(name)}


def _is_module(name: str) -> bool:
    folder = name.replace(".", "/")
    return (Path(corpus.__file__).parents[1] / f"{folder}.py").is_file()


def test_a_change_of_any_module_that_the_tables_rest_on_is_noticed() -> None:
    rest_on, new = set[str](), {tabulating.__name__, glossary.__name__, places.__name__}
    while new:
        rest_on |= new
        new = {name for module in new for name in _imported(module)} - rest_on
    assert {module.__name__ for module in _MAKING} == rest_on


@pytest.mark.parametrize("held", [b"", b"{", b'{"made_from": "another"}'])
def test_what_can_not_be_read_is_made_anew(folder: Path, held: bytes) -> None:
    folder.mkdir()
    (folder / FILE).write_bytes(held)
    assert prepared(None, folder).glossary == load_glossary()
    body = unsealed((folder / FILE).read_bytes())
    assert body is not None
    assert Prepared.model_validate_json(body) == prepared(None, folder)


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

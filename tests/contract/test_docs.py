"""What the documents name exists: targets of make, commands, and the parts of a decision record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main

pytestmark = pytest.mark.tree

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/adr/[0-9]*.md"))

_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_PATH = re.compile(
    r"`((?:corpus|ingest|index|service|bots|tests|evals|bench|docs)/[\w./-]*)(?:::(\w+))?`"
)
_QUOTED = re.compile(r"\S*'[^']*'|\S*\"[^\"]*\"")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _commands(path: Path, program: str) -> set[str]:
    """What follows `program` on the lines of code in a document, without what is in quotes."""
    lines = "\n".join(_CODE.findall(path.read_text(encoding="utf-8"))).splitlines()
    started = re.compile(rf"^[`$ ]*(?:\w+=\S* )*(?:\.venv/bin/)?{program} ([^`#]*)")
    found = [match[1] for line in lines if (match := started.match(line))]
    return {words for rest in found if (words := _QUOTED.sub("", rest).strip())}


def test_the_documents_that_a_reader_looks_for_are_there() -> None:
    expected = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"}
    assert expected <= {_name(path) for path in DOCUMENTS}


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_every_make_target_named_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {word for words in _commands(path, "make") for word in words.split()}
    assert {word for word in named if re.fullmatch(r"[a-z-]+", word)} <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_every_command_named_exists(path: Path) -> None:
    shown = CliRunner().invoke(main, ["--help"]).output
    commands = set(re.findall(r"^  ([a-z][a-z-]*)(?:  |$)", shown, re.MULTILINE))
    named = {words.split()[0] for words in _commands(path, "saferplans")}
    assert {word for word in named if re.fullmatch(r"[a-z-]+", word)} <= commands


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_every_file_and_test_named_exists(path: Path) -> None:
    named = _PATH.findall(path.read_text(encoding="utf-8"))
    assert [name for name, _ in named if not (ROOT / name).exists()] == []
    tests = [(name, test) for name, test in named if test]
    assert [test for name, test in tests if f"def {test}(" not in (ROOT / name).read_text()] == []


@pytest.mark.parametrize("path", DECISIONS, ids=_name)
def test_a_decision_record_has_its_parts(path: Path) -> None:
    headings = re.findall(r"^## (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert {"Status", "Context", "Decision", "Rationale", "Consequences"} <= set(headings)

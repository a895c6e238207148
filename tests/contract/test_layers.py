"""Each import contract is broken on purpose, in a copy of the packages, and caught."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.tree

ROOT = Path(__file__).parents[2]
PACKAGES = ("corpus", "ingest", "index", "service", "bots")

LAYERS = "Layers: bots > service > ingest, index > corpus"
INSIDE = (
    "Inside the service: edges > composition > routes and pages > use cases > answering > contract"
)
FRAMEWORKS = "Frameworks stay out of the core"
PURE = "Answering is pure: no framework, no FAISS, no model"
BOTS = "Bots know only the wire contract"

FOR_TYPES_ONLY = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "
WHEN_CALLED = "def late() -> None:\n    "

BREAKS = [
    pytest.param(LAYERS, "corpus", "import ingest", id="layers-upwards"),
    pytest.param(LAYERS, "ingest", "import index", id="layers-siblings"),
    pytest.param(LAYERS, "index", f"{FOR_TYPES_ONLY}from service import ports", id="layers-types"),
    pytest.param(LAYERS, "service", f"{WHEN_CALLED}import bots", id="layers-late"),
    pytest.param(INSIDE, "service/answering", "from service import app", id="inside-upwards"),
    pytest.param(INSIDE, "service/routes", "import service.web", id="inside-siblings"),
    pytest.param(INSIDE, "service", "", id="inside-without-a-layer"),
    pytest.param(FRAMEWORKS, "ingest", "import fastapi", id="frameworks"),
    pytest.param(FRAMEWORKS, "corpus", f"{FOR_TYPES_ONLY}import click", id="frameworks-types"),
    pytest.param(PURE, "service/answering", "import index", id="pure-index"),
    pytest.param(PURE, "service/answering", f"{WHEN_CALLED}import faiss", id="pure-late"),
    pytest.param(PURE, "service/answering", f"{FOR_TYPES_ONLY}import torch", id="pure-types"),
    pytest.param(BOTS, "bots", "from service import answering", id="bots-service"),
    pytest.param(BOTS, "bots", f"{FOR_TYPES_ONLY}import index", id="bots-types"),
    pytest.param(BOTS, "bots", "from service import messages", id="bots-messages"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The five packages' code and the contracts, free to be broken."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        leave_out = shutil.ignore_patterns("__pycache__", "data", "static")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=leave_out)
    return tmp_path


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_packages_as_they_are_keep_every_contract(copy: Path) -> None:
    result = _lint(copy)
    assert result.returncode == 0, result.stdout
    assert " 0 broken" in result.stdout


@pytest.mark.parametrize(("contract", "package", "code"), BREAKS)
def test_a_break_is_caught(copy: Path, contract: str, package: str, code: str) -> None:
    (copy / package / "broken_on_purpose.py").write_text(f"{code}\n")
    result = _lint(copy)
    assert result.returncode == 1, result.stdout
    # Long names are wrapped.
    assert f"{contract} BROKEN" in " ".join(result.stdout.split())


def test_every_contract_has_a_break_that_tries_it() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == {case.values[0] for case in BREAKS}

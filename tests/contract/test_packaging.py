"""The five packages have plain names, so what the wheel holds and who owns them is guarded.

The guards are those of docs/adr/0001. From the repository's root everything can be imported whether
it is installed or not, so the wheel is tried in an environment of its own, from another folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from email import message_from_bytes
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("corpus", "ingest", "index", "service", "bots")
QUESTION = "Which boroughs prioritise metal theft?"


class Outside(NamedTuple):
    """A folder outside the tree, and the programs of an environment that holds the wheel."""

    folder: Path
    programs: Path

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Runs one of the environment's programs here, and shows what it said if it fails."""
        # PYTHONPATH lets tests import each other's helpers; -P keeps all else out.
        kept = {name: os.environ[name] for name in os.environ if not name.startswith("PYTHON")}
        result = subprocess.run(
            [self.programs / command[0], *command[1:]],
            cwd=self.folder,
            env=kept | {"PYTHONPATH": str(self.folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result


def _python(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-P", *arguments], cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, so that both are complete."""
    target = tmp_path_factory.mktemp("dist")
    _python("-m", "build", "--no-isolation", "--outdir", target, ROOT)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def outside(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Outside:
    """The wheel in a fresh environment, with a copy of the tests beside it."""
    home = tmp_path_factory.mktemp("outside")
    _python("-m", "venv", "--without-pip", home / "venv")
    programs = home / "venv" / "bin"
    _python(
        *("-m", "pip", "--python", programs / "python"),
        *("install", "--quiet", "--no-index", "--no-deps", wheel),
    )
    # Our dependencies are seen through a path file. The path files over there aren't read, and so
    # the editable installation, which is one, stays out of sight.
    (site_packages,) = (home / "venv").glob("lib/python*/site-packages")
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site_packages / "dependencies.pth").write_text("\n".join(sorted(dependencies)) + "\n")

    folder = home / "elsewhere"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return Outside(folder, programs)


def _shipped(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_no_other_distribution_owns_our_names() -> None:
    owners = metadata.packages_distributions()
    assert {name: set(owners.get(name, ())) - {"saferplans"} for name in PACKAGES} == {
        name: set() for name in PACKAGES
    }


@pytest.mark.packaging
def test_the_wheel_holds_the_five_packages_and_nothing_beside_them(wheel: Path) -> None:
    assert {name.partition("/")[0] for name in _shipped(wheel)} == set(PACKAGES)
    checker = Path(sys.executable).with_name("check-wheel-contents")
    result = subprocess.run([checker, wheel], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.packaging
def test_every_file_of_the_packages_ships(wheel: Path) -> None:
    in_tree = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert _shipped(wheel) == in_tree


@pytest.mark.packaging
def test_the_wheel_refuses_to_be_published(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        described = message_from_bytes(archive.read(name))
    assert "Private :: Do Not Upload" in described.get_all("Classifier", [])


@pytest.mark.packaging
def test_the_wheel_is_imported_and_not_the_tree(outside: Outside) -> None:
    script = (
        f"import json\nfrom importlib import import_module, metadata\nnames = {PACKAGES!r}\n"
        "files = [import_module(name).__file__ for name in names]\n"
        "owners = metadata.packages_distributions()\n"
        "print(json.dumps([files, [owners[name] for name in names]]))"
    )
    files, owners = json.loads(outside.run(["python", "-P", "-c", script]).stdout)
    environment = outside.programs.parent
    assert all(Path(file).is_relative_to(environment) for file in files), files
    assert owners == [["saferplans"]] * len(PACKAGES)


@pytest.mark.packaging
@pytest.mark.model
def test_the_contract_tests_pass_against_the_wheel(outside: Outside) -> None:
    chosen = "not packaging and not tree and not soak"
    options = ["-q", "-p", "no:cacheprovider", "-m", chosen]
    result = outside.run(["python", "-P", "-m", "pytest", *options, "tests/contract"])
    assert " passed" in result.stdout


@pytest.mark.packaging
@pytest.mark.model
def test_the_installed_command_answers(outside: Outside) -> None:
    data = str(outside.folder / "data")
    result = outside.run(["saferplans", "ask", QUESTION, "--json", "--data-dir", data])
    answer = json.loads(result.stdout)
    assert answer["areas"] == ["Redcar and Cleveland", "Stockton"]
    assert any("metal theft" in citation["quote"] for citation in answer["citations"])

"""The targets of make, as far as they can be tried without making anything."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = [pytest.mark.tree, pytest.mark.needs("make", "bash")]

ROOT = Path(__file__).parents[2]


def _run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    # These tests may themselves be run by make, whose own variables aren't meant for another one.
    kept = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=kept | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _targets() -> set[str]:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return set(phony.split())


def test_make_alone_explains_every_target_and_does_nothing() -> None:
    shown = _run("make").stdout
    assert set(re.findall(r"^  make ([a-z-]+) +\S", shown, re.MULTILINE)) == _targets()


def test_every_target_can_be_previewed() -> None:
    for target in _targets():
        result = _run("make", "-n", target)
        assert result.returncode == 0, result.stderr


def test_what_is_set_reaches_the_commands() -> None:
    shown = _run("make", "-n", "run", "PORT=81", QUESTION="Who names arson?").stdout
    assert 'saferplans ask "Who names arson?"' in shown
    assert '--port "81"' in shown
    everything_anew = ("make", "-nB", "install", "PYTHON=/a b/python")
    shown = _run(*everything_anew, TORCH_INDEX="https://example.invalid/cpu").stdout
    assert '"/a b/python" -m venv' in shown
    assert '--no-deps --index-url "https://example.invalid/cpu"' in shown


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with a shell and no package manager."""
    for name in ("bash", "env", "id"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    return str(tmp_path)


def test_what_is_left_out_is_said_and_in_ci_refused(bare_path: str) -> None:
    script = ROOT / ".ci" / "system-packages"
    arguments = ("bash=bash", "nonesuch=nonesuch-package")
    elsewhere = _run(script, *arguments, PATH=bare_path, CI="")
    assert elsewhere.returncode == 0
    assert elsewhere.stderr.count("\n") == 1
    assert "tests that need nonesuch" in elsewhere.stderr
    assert _run(script, *arguments, PATH=bare_path, CI="true").returncode == 1
    assert _run(script, "bash=bash", PATH=bare_path, CI="true").returncode == 0

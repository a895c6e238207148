"""The command line as a process: pipes that close, interrupts, limits; never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.unit.service.command_line import run

ROOT = Path(__file__).parents[3]
PROGRAM = """
from service.bootstrap import Bootstrap
from service.cli import main
from tests.unit.service.command_line import fake_embedder
main(obj=Bootstrap(fake_embedder))
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("processes") / "data"
    run("ask", "burglary", "--data-dir", place)
    return place


@contextmanager
def started(*arguments: str | Path, through: Sequence[str] = ()) -> Iterator[subprocess.Popen[str]]:
    """A command in a process of its own, `through` another, with the deterministic embedder."""
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        [*through, sys.executable, "-c", PROGRAM, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_reader_that_goes_away_is_no_fault(data: Path) -> None:
    with started("search", "crime", "--limit", "100", "--data-dir", data) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
        assert process.wait(60) == 1


def test_a_service_that_is_interrupted_ends_well(data: Path) -> None:
    with started("serve", "--port", "0", "--data-dir", data) as process:
        assert process.stderr is not None
        told = process.stderr.readline()
        assert told.startswith("Saferplans is at http://127.0.0.1:"), told
        with urllib.request.urlopen(f"{told.split()[3]}/readyz", timeout=60) as answered:
            assert answered.status == 200
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(60) == 0
    assert "Traceback" not in rest
    assert "path='/readyz' status=200" in rest


def test_a_disk_that_takes_no_more_is_told_and_the_old_index_stays(
    data: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "barsham.txt"
    plan.write_text("Barsham Community Safety Plan\n\n" + "We will cut burglary. " * 2_000)

    # No file may grow over 16 blocks, 8 KiB.
    limited = ("sh", "-c", 'ulimit -f 16; exec "$@"', "sh")
    with started("ingest", plan, "--data-dir", data, through=limited) as process:
        _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert told.startswith("Error: ")
    assert "index that was there is unchanged" in told
    assert told.count("\n") == 1
    assert run("ask", "burglary", "--data-dir", data).exit_code == 0


def test_output_that_can_not_be_written_is_told(data: Path) -> None:
    full = ("sh", "-c", 'exec "$@" >/dev/full', "sh")
    command = ("search", "theft", "--json", "--data-dir", data)
    with started(*command, through=full) as process:
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (1, "Error: The disk: No space left on device.\n")

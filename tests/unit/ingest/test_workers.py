"""A worker that dies, hangs or eats memory fails its own task, and no other."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.errors import (
    CrashedReaderError,
    EmptyFileError,
    IngestError,
    MemoryLimitError,
    TimeLimitError,
)
from ingest.workers import Limits, run
from tests.unit.ingest.misbehaving import Act, act


def results(*names: str, seconds: float = 60) -> dict[str, str | IngestError]:
    limits = Limits(seconds=seconds, memory=500_000_000, at_once=2)
    return {done.task.name: done.result for done in run(act, map(Act, names), limits)}


@pytest.mark.parametrize(
    ("does", "kind", "told"),
    [
        ("hang", TimeLimitError, "took more than 1 seconds to read and was given up"),
        ("sleep", TimeLimitError, "took more than 1 seconds to read and was given up"),
        ("call", TimeLimitError, "took more than 1 seconds to read and was given up"),
        ("eat", MemoryLimitError, "needs more than the 500 MB of memory"),
        ("exit", CrashedReaderError, "brought down the program that reads it"),
        ("crash", CrashedReaderError, "brought down the program that reads it"),
        ("fail", CrashedReaderError, "can't be made out"),
        ("recurse", CrashedReaderError, "can't be made out"),
    ],
)
def test_one_task_that_goes_wrong_is_told_and_the_others_are_done(
    does: str, kind: type[IngestError], told: str
) -> None:
    seconds = 1 if kind is TimeLimitError else 60
    found = results("work 1", does, "work 2", "work 3", seconds=seconds)
    failed = found.pop(does)
    assert type(failed) is kind
    assert str(failed).startswith(f"{does} {told}")
    assert all(isinstance(result, str) for result in found.values())
    assert len(found) == 3


def test_what_a_reader_says_itself_is_told_as_it_says_it() -> None:
    failed = results("refuse")["refuse"]
    assert (type(failed), str(failed)) == (EmptyFileError, "refuse is empty.")


def test_every_task_may_go_wrong() -> None:
    names = [f"{does} {number}" for number in range(4) for does in ("exit", "crash")]
    assert results(*names).keys() == set(names)


def test_workers_work_at_once_and_are_used_again() -> None:
    found = results(*(f"work {number}" for number in range(8)))
    assert len(set(found.values())) == 2


def test_a_large_answer_comes_through() -> None:
    assert len(str(results("answer 30000000")["answer 30000000"])) == 30_000_000


def test_what_readers_write_does_not_reach_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    results("noise")
    assert capfd.readouterr() == ("", "")


def test_whoever_stops_listening_leaves_no_process() -> None:
    doing = run(act, [Act("work"), Act("call")], Limits(seconds=60, at_once=2))
    pid = int(str(next(doing).result))
    doing.close()
    assert not Path(f"/proc/{pid}").exists()


def test_nothing_to_do() -> None:
    assert results() == {}


ORPHANS = """
import os, signal, sys
from ingest.workers import Limits, run
from tests.unit.ingest.misbehaving import Act, act

if __name__ == "__main__":
    doing = run(act, [Act("work"), Act("hang")], Limits(seconds=1, at_once=2))
    print(next(doing).result, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_whose_master_was_killed_ends_by_itself(tmp_path: Path) -> None:
    script = tmp_path / "master.py"
    script.write_text(ORPHANS)
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, script],
        env={"PYTHONPATH": root, "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -9
    give_up = time.monotonic() + 20
    while Path(f"/proc/{int(done.stdout)}").exists():
        assert time.monotonic() < give_up, "the worker lives on"
        time.sleep(0.05)

"""What a reader can do wrong, for workers to do: found by name in their processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from ingest.errors import EmptyFileError


@dataclass(frozen=True)
class Act:
    """A task; the first word of its name is what it does."""

    name: str


def act(task: Act) -> str:
    """Does what the task is called; gives the process's id where it can."""
    does, *words = task.name.split()
    return ACTS[does](*words) or str(os.getpid())


def hang(*_: str) -> None:
    while True:
        pass


def sleep(*_: str) -> None:
    time.sleep(3_600)


def call(*_: str) -> None:
    """Waits for a program that never ends, and that outlives an ordinary death of its parent."""
    subprocess.run(["sleep", "3600"], check=False)


def eat(*_: str) -> str:
    return str(len([bytearray(100_000_000) for _ in range(100)]))


def exit_at_once(*_: str) -> None:
    os._exit(0)


def crash(*_: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fail(*_: str) -> None:
    raise ValueError("a bug")


def recurse(*_: str) -> str:
    return recurse()


def refuse(*_: str) -> None:
    raise EmptyFileError("refuse is empty.")


def make_noise(*_: str) -> None:
    os.write(2, b"libfoo: warning\n")
    sys.stdout.write("noise\n")


def answer(characters: str) -> str:
    return "x" * int(characters)


def work(*_: str) -> None:
    time.sleep(0.2)


ACTS: dict[str, Callable[..., str | None]] = {
    "answer": answer,
    "call": call,
    "crash": crash,
    "eat": eat,
    "exit": exit_at_once,
    "fail": fail,
    "hang": hang,
    "noise": make_noise,
    "recurse": recurse,
    "refuse": refuse,
    "sleep": sleep,
    "work": work,
}

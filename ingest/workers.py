"""Processes that read files, so that one that kills, hangs or starves its reader harms no other.

A worker bounds itself through the kernel: its address space, and a timer that ends it wherever it
hangs, even if this process is gone. It is started clean, not forked from this process with its
threads and its model, and leads a process group, so that programs it calls end with it.
"""

from __future__ import annotations

import contextlib
import logging
import math
import multiprocessing
import os
import resource
import signal
import time
import traceback
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from ingest.errors import CrashedReaderError, IngestError, MemoryLimitError, TimeLimitError

_log = logging.getLogger(__name__)

_GRACE = 2
"""Seconds after its time at which a worker ends itself, should nobody have ended it."""


class Named(Protocol):
    """What a worker is given: it can be pickled, and says which file it is about."""

    @property
    def name(self) -> str:
        """The name of the file in a report."""


Task = TypeVar("Task", bound=Named)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds of time, bytes of address space; and files read at once."""

    seconds: float = 300
    memory: int = 2_000_000_000
    at_once: int | None = None

    @property
    def workers(self) -> int:
        """How many files are read at once: as many as there are cores, unless set."""
        return self.at_once or len(os.sched_getaffinity(0))


DEFAULT_LIMITS = Limits()


class Done(NamedTuple, Generic[Task, Result]):
    """A task and what came of it."""

    task: Task
    result: Result | IngestError


def run(
    function: Callable[[Task], Result], tasks: Iterable[Task], limits: Limits
) -> Iterator[Done[Task, Result]]:
    """What a function makes of each task, in the order in which they are done.

    Tasks and results are pickled, and the function is found by its name. If it raises anything but
    an `IngestError`, that is the file's fault, and told so.
    """
    idle: deque[_Worker[Task, Result]] = deque()
    try:
        yield from _run(function, tasks, limits, idle)
    finally:
        for worker in idle:
            worker.end()


def _run(
    function: Callable[[Task], Result],
    tasks: Iterable[Task],
    limits: Limits,
    idle: deque[_Worker[Task, Result]],
) -> Iterator[Done[Task, Result]]:
    """As `run`, with workers from those that are idle, where they are again after it."""
    waiting = deque(tasks)
    busy: list[_Worker[Task, Result]] = []
    try:
        while waiting or busy:
            while waiting and len(busy) < limits.workers:
                worker = _idle_one(idle) or _Worker(function, limits)
                busy.append(worker)
                worker.begin(waiting.popleft())
            for worker in _finished(busy):
                yield worker.done()
                busy.remove(worker)
                if worker.alive:
                    idle.append(worker)
    finally:
        for worker in busy:
            worker.end()


def _idle_one(idle: deque[_Worker[Task, Result]]) -> _Worker[Task, Result] | None:
    # Not asked first whether there is one: another thread may take it in between.
    try:
        return idle.pop()
    except IndexError:
        return None


class Crew:
    """Runs as `run` does, with workers kept from one call to the next. Threads may share it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: defaultdict[object, deque[Any]] = defaultdict(deque)

    def __call__(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], /
    ) -> Iterator[Done[Task, Result]]:
        """What `run` gives."""
        return _run(function, tasks, self._limits, self._idle[function])

    def close(self) -> None:
        """Ends the workers that are idle."""
        for worker in (worker for idle in self._idle.values() for worker in idle):
            worker.end()
        self._idle.clear()


class Run(Protocol):
    """Runs a function on each task, and gives what came of it as each is done."""

    def __call__(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], /
    ) -> Iterator[Done[Task, Result]]:
        """What `run` gives."""


def runner(limits: Limits | None) -> Run:
    """Runs in workers that keep these limits; without any in this process, for trusted files."""
    return run_here if limits is None else _Runner(limits)


@dataclass(frozen=True, slots=True)
class _Runner:
    limits: Limits

    def __call__(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], /
    ) -> Iterator[Done[Task, Result]]:
        return run(function, tasks, self.limits)


def run_here(
    function: Callable[[Task], Result], tasks: Iterable[Task], /
) -> Iterator[Done[Task, Result]]:
    """What a function makes of each task, in this process."""
    for task in tasks:
        try:
            yield Done(task, function(task))
        except IngestError as error:
            yield Done(task, error)


def _finished(busy: list[_Worker[Task, Result]]) -> list[_Worker[Task, Result]]:
    """The workers that have answered, died or used up their time; waits for one."""
    first = min(worker.deadline for worker in busy)
    ready = wait([worker.connection for worker in busy], max(0.0, first - time.monotonic()))
    now = time.monotonic()
    return [each for each in busy if each.connection in ready or each.deadline <= now]


class _Failure(Enum):
    """How a worker can fail beside saying so."""

    TIME = (
        TimeLimitError,
        (
            "{name} took more than {seconds:g} seconds to read and was given up: "
            "split it, or save it anew in a simpler form."
        ),
    )
    MEMORY = (
        MemoryLimitError,
        (
            "{name} needs more than the {megabytes:,.0f} MB of memory that one file may take: "
            "split it, or save it anew in a simpler form."
        ),
    )
    CRASH = (
        CrashedReaderError,
        (
            "{name} brought down the program that reads it, so it is damaged or made to harm: "
            "open it, save it anew and try again."
        ),
    )
    FAULT = (
        CrashedReaderError,
        (
            "{name} can't be made out, so it is damaged or of a make that isn't known here: "
            "open it, save it anew and try again."
        ),
    )

    def error(self, name: str, limits: Limits) -> IngestError:
        """What to tell of a file."""
        kind, words = self.value
        told = words.format(name=name, seconds=limits.seconds, megabytes=limits.memory / 1e6)
        error: IngestError = kind(told)
        return error


class _Fault(NamedTuple):
    """What a worker knows of an error that nobody foresaw."""

    trace: str


class _Worker(Generic[Task, Result]):
    """One process; it has one task at a time."""

    def __init__(self, function: Callable[[Task], Result], limits: Limits) -> None:
        context = _context()
        self._limits = limits
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, function, limits), daemon=True)
        self._process.start()
        theirs.close()
        # Its start is no part of a file's time. One that dies at once will answer so.
        with contextlib.suppress(EOFError):
            self.connection.recv()
        self.alive = True
        self.deadline = math.inf

    def begin(self, task: Task) -> None:
        """Gives it a task; if it died since the last one, its answer will be that."""
        self._task = task
        self.deadline = time.monotonic() + self._limits.seconds
        with contextlib.suppress(BrokenPipeError):
            self.connection.send(task)

    def done(self) -> Done[Task, Result]:
        """What came of the task. A worker that failed is ended: nobody knows what it is worth."""
        answer = self._answer()
        if not isinstance(answer, _Failure):
            return Done(self._task, answer)
        self.end()
        return Done(self._task, answer.error(self._task.name, self._limits))

    def _answer(self) -> Any:
        if not self.connection.poll():
            return _Failure.TIME
        try:
            answer = self.connection.recv()
        except (EOFError, OSError):
            self._process.join(_GRACE)
            timed_out = self._process.exitcode == -signal.SIGALRM
            return _Failure.TIME if timed_out else _Failure.CRASH
        if isinstance(answer, _Fault):
            _log.info("the reader of %r failed:\n%s", self._task.name, answer.trace)
            return _Failure.FAULT
        return answer

    def end(self) -> None:
        """Ends the process with all that it started."""
        self.alive = False
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()


def _context() -> ForkServerContext:
    """A server forks workers after it has imported the readers once; it has no threads."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ingest.reading"])
    return context


def _serve(connection: Connection, function: Callable[[Any], Any], limits: Limits) -> None:
    """The life of a worker: it answers one task after another until the other end is closed."""
    _confine(limits)
    with contextlib.suppress(EOFError, BrokenPipeError):
        connection.send(None)
        while True:
            task = connection.recv()
            signal.alarm(math.ceil(limits.seconds) + _GRACE)
            _reply(connection, function, task)
            signal.alarm(0)


def _confine(limits: Limits) -> None:
    os.setpgid(0, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    # Libraries in C complain on standard error, which is the user's.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _reply(connection: Connection, function: Callable[[Any], Any], task: object) -> None:
    """Sends the result, an `IngestError`, a failure, or what is known of a fault."""
    try:
        try:
            connection.send(function(task))
        except IngestError as error:
            connection.send(error)
    except MemoryError:
        connection.send(_Failure.MEMORY)
    except BrokenPipeError:
        raise
    except Exception:  # the outermost edge of a process: whatever a reader did is told
        connection.send(_Fault(traceback.format_exc()))

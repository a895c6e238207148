"""Child processes: `saferplans` started as a user starts it, ended by its own handle."""

from __future__ import annotations

import http.client
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.environment import ROOT

# The script that pip installs does the same.
SAFERPLANS = (sys.executable, "-c", "from service.cli import main; main()")

_PATIENCE = 300.0
"""Seconds until a child that isn't done counts as stuck."""

_GRACE = 30.0
"""Seconds that a server gets to stop by itself."""

_GLANCE = 0.005
"""Seconds between two looks at what a server has said."""


def seconds_of(*command: str) -> float:
    """How long a command takes from start to exit; it must succeed."""
    started = time.perf_counter()
    output_of(*command)
    return time.perf_counter() - started


def output_of(*command: str) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command} failed: {done.stderr}")
    return done.stdout


@dataclass(frozen=True)
class Server:
    """A serving process that is ready; `seconds_to_ready` from its start to its first 200."""

    pid: int
    connection: http.client.HTTPConnection
    seconds_to_ready: float

    def call(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """The body of the response, which must be a 200, over the one connection kept open."""
        try:
            response = self._sent(method, path, body)
        except ConnectionError:
            # It was idle for longer than the server keeps one open.
            self.connection.close()
            response = self._sent(method, path, body)
        received = response.read()
        if response.status != http.client.OK:
            raise RuntimeError(f"{method} {path}: {response.status} {received.decode()}")
        return received

    def _sent(self, method: str, path: str, body: bytes | None) -> http.client.HTTPResponse:
        headers = {"Content-Type": "application/json"} if body else {}
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse()


@contextmanager
def serving(data_dir: Path, program: Sequence[str] = SAFERPLANS) -> Iterator[Server]:
    """`saferplans serve` on a free port of this machine, ended when it is no longer needed."""
    where = ("--host", "127.0.0.1", "--port", "0", "--data-dir", str(data_dir))
    # A file, not a pipe: nobody has to empty it while requests are timed.
    with tempfile.NamedTemporaryFile(prefix="saferplans-bench-") as log:
        started = time.perf_counter()
        child = subprocess.Popen([*program, "serve", *where], cwd=ROOT, stdout=log, stderr=log)
        try:
            port = _port(child, Path(log.name))
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
            server = Server(child.pid, connection, 0.0)
            server.call("GET", "/readyz")
            yield Server(child.pid, connection, time.perf_counter() - started)
            connection.close()
        finally:
            _end(child)


def _port(child: subprocess.Popen[bytes], log: Path) -> int:
    """The port that the server took, as soon as it tells."""
    until = time.monotonic() + _PATIENCE
    said = ""
    while time.monotonic() < until and child.poll() is None:
        said = log.read_text(encoding="utf-8")
        found = re.search(r"http://127\.0\.0\.1:(\d+)\s", said)
        if found:
            return int(found[1])
        time.sleep(_GLANCE)
    raise RuntimeError(f"the server didn't come up; it said: {said}")


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def processor_seconds(pid: int | None = None) -> float:
    """Of a process, or of all children of this one that have ended; in user and system mode."""
    if pid is None:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime
    # After the name, which stands in brackets and may hold anything, the 12th and 13th figure.
    figures = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(figures[11]) + int(figures[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int | None = None) -> dict[str, float] | None:
    """Memory held by a process, or by this one, in MiB; None where the system doesn't tell.

    `private` is its own, `files` what it has mapped of files, which other processes can share.
    """
    status = Path(f"/proc/{pid or 'self'}/status")
    if not status.exists():
        return None
    lines = (line.partition(":") for line in status.read_text(encoding="utf-8").splitlines())
    told = {name: value.split() for name, _, value in lines}
    names = {"resident": "VmRSS", "private": "RssAnon", "files": "RssFile"}
    return {ours: int(told[name][0]) / 1024 for ours, name in names.items()}

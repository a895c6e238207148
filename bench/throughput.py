"""Questions a second by the number of serving processes and of clients that ask at once.

Each process is a `saferplans serve` of its own over one index; the clients are threads of this one
and take the processes in turn. What they ask takes processor time as well, on the same cores.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

from bench import nation
from bench.plots import lines
from bench.processes import Server, resident, serving
from bench.report import Measured, Spread
from bench.scale import KINDS, index_of, topics
from index.embedding import open_embedder

PASSAGES = 10_000
PROCESSES, CLIENTS = (1, 2), (1, 2, 4, 8)
_ASKED = {kind.name: kind for kind in KINDS}
_MIX = (_ASKED["ask about one area"], _ASKED["search, words"], _ASKED["search, both"])


def measure(_data_dir: Path, times: int) -> Measured:
    """A mix of questions and searches for `times` seconds in each setting."""
    place = index_of(PASSAGES, open_embedder())
    found: list[tuple[int, int, float, float]] = []
    memory: list[str] = []
    for count in PROCESSES:
        with ExitStack() as stack:
            servers = [stack.enter_context(serving(place)) for _ in range(count)]
            _asking(servers, 1, 3)
            for clients in CLIENTS:
                taken = _asking(servers, clients, times)
                rate, slow = len(taken) / times, sorted(taken)[int(0.95 * len(taken))]
                found.append((count, clients, rate, slow))
            held = [resident(server.pid) or {} for server in servers]
            memory.append(", ".join(f"{each.get('private', 0):.0f}" for each in held))
    _draw(found)
    return Measured(
        name="throughput",
        title=f"Questions and searches a second, {PASSAGES:,} made-up passages",
        header=("processes", "clients", "a second", "95 of 100 within ms"),
        rows=[[str(a), str(b), f"{rate:.1f}", f"{slow:.0f}"] for a, b, rate, slow in found],
        data={"found": found, "spread": Spread(tuple(rate for _, _, rate, _ in found)).as_dict()},
        notes=(f"private memory of each afterwards, MiB: {'; '.join(memory)}",),
    )


def _asking(servers: Sequence[Server], clients: int, seconds: float) -> list[float]:
    """Milliseconds of each request that was done within these seconds."""
    taken: list[float] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_ask, args=(servers[n % len(servers)], n, until, taken))
        for n in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _ask(server: Server, number: int, until: float, taken: list[float]) -> None:
    connection = HTTPConnection(server.connection.host, server.connection.port, timeout=60)
    mine = Server(server.pid, connection, server.seconds_to_ready)
    asked = topics(nation.AREAS + number)
    turn = number
    while time.monotonic() < until:
        started = time.perf_counter()
        _MIX[turn % len(_MIX)].ask(mine, next(asked))
        taken.append((time.perf_counter() - started) * 1000)
        turn += 1


def _draw(found: Sequence[tuple[int, int, float, float]]) -> None:
    lines(
        "throughput",
        "clients",
        "answers a second",
        {
            f"{count} process{'es' if count > 1 else ''}": [
                (clients, rate) for each, clients, rate, _ in found if each == count
            ]
            for count in PROCESSES
        },
    )

"""Workers and databases that are killed during an ingest: nothing is lost, nothing doubled."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from corpus.catalogue import Catalogue
from corpus.models import ParsedDocument
from index.errors import DatabaseError
from index.postgres.database import Database
from index.postgres.engine import PostgresEngine
from ingest.pipeline import Before, ingest_files
from service.jobs import records
from service.jobs.records import State
from service.jobs.served import Served
from tests.fakes import FakeEmbedder
from tests.scenario import jobber
from tests.scenario.publisher import environment
from tests.scenario.test_ingest_kill import change, fill, write

_PATIENCE = 120
"""Seconds for an ingest to end, on a machine however busy."""

_STARTS = 6

_TABLES = ("passages", "vectors", "words")


class Server:
    """A real PostgreSQL server that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # see tests.engines.server_url
            import pgserver  # noqa: PLC0415

            self._server = pgserver.get_server(folder, cleanup_mode="stop")
        self.url: str = self._server.get_uri()

    def kill(self) -> None:
        """Kills it with all its processes at once, as a machine that loses power would."""
        postmaster = psutil.Process(self._server.get_pid())
        for process in [postmaster, *postmaster.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs([postmaster])

    def start(self) -> None:
        """Starts it again on what it had written."""
        for _ in range(_STARTS):
            # The package gives it ten seconds, and it may need more to recover.
            with suppress(subprocess.TimeoutExpired):
                self._server.ensure_postgres_running()
                return
        raise AssertionError("the server doesn't start again")

    def stop(self) -> None:
        """Stops it for good."""
        self._server.cleanup()


@pytest.fixture
def server() -> Iterator[Server]:
    # Its sockets' path must be short.
    with tempfile.TemporaryDirectory(prefix="sp-", ignore_cleanup_errors=True) as folder:
        made = Server(Path(folder))
        yield made
        made.stop()


@contextmanager
def workers(url: str, number: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Worker processes at work; a test may put more into the list."""
    processes = [worker(url) for _ in range(number)]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def worker(url: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, jobber.__file__, url],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    return process


@contextmanager
def watched(url: str) -> Iterator[set[str | None]]:
    """Which generations are served meanwhile, as somebody sees who asks all the time."""
    seen: set[str | None] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            with (
                suppress(psycopg.OperationalError),
                psycopg.connect(url, connect_timeout=1) as connection,
            ):
                row = connection.execute("SELECT generation FROM served").fetchone()
                seen.add(row[0] if row else None)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield seen
    finally:
        over.set()
        watching.join()


def documents(engine: PostgresEngine | None) -> list[ParsedDocument]:
    """All that an engine holds, to the last word."""
    if engine is None:
        return []
    origins = engine.origins()
    return [engine.parsed(each, origins[each.id]) for each in engine.documents()]


def expected(folder: Path, served: Served) -> list[ParsedDocument]:
    """What an ingest that is let alone would hold."""
    held = {each.document.id: each for each in documents(served.engine)}
    result = ingest_files([folder], Catalogue(), Before(served.held))
    return [
        each
        if isinstance(each, ParsedDocument)
        else held[each.document.id].model_copy(
            update={"document": each.document, "origin": each.origin}
        )
        for each in result.holdings
    ]


def served_by(database: Database) -> Served:
    return Served.by(database, FakeEmbedder())


def ended(database: Database, ingest: int) -> State:
    """How an ingest ended, once it has."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with suppress(DatabaseError):
            state = records.progress(database, ingest).state
            if state is not State.OPEN:
                return state
        time.sleep(0.1)
    raise AssertionError(records.progress(database, ingest))


def check_nothing_doubled(database: Database, engine: PostgresEngine) -> None:
    """Each passage of the generation served has one row in each table, and no job is left."""
    for table in _TABLES:
        [(rows, passages)] = database.rows(
            f"SELECT count(*), count(DISTINCT (revision, ordinal)) FROM {table} JOIN holdings"
            " USING (revision) WHERE generation = %(generation)s",
            {"generation": engine.generation},
        )
        assert rows == passages == engine.passage_count
    assert database.rows("SELECT 1 FROM ingest_files") == []
    # One that was done when its worker died may wait for another, who will find nothing to do.
    left = "SELECT 1 FROM procrastinate_jobs WHERE status NOT IN ('todo', 'doing')"
    assert database.rows(left) == []


def kill_and_look(root: Path, server: Server, seed: int, times: int) -> None:
    chance = random.Random(seed)
    folder = fill(root / "plans")
    steps = jobber.steps_in(server.url)
    jobber.ingestion_of(steps).add([folder], Catalogue())
    for number in range(times):
        change(folder, chance, number)
        write(folder / f"always-{number}.txt", "Ixworth", f"New {seed} {number}.")
        before = served_by(steps.database)
        wanted = expected(folder, before)
        ingest = jobber.ingestion_of(steps, works=False).begin([folder], Catalogue())
        with watched(server.url) as seen, workers(server.url, 2) as processes:
            # Any moment is a good one, so none can be waited for.
            time.sleep(chance.uniform(0, 0.6))
            processes[0].kill()
            time.sleep(chance.uniform(0, 0.3))
            server.kill()
            server.start()
            processes.append(worker(server.url))
            assert ended(steps.database, ingest) is State.DONE
        after = served_by(steps.database)
        assert after.engine
        assert seen <= {before.generation, after.generation}
        assert documents(after.engine) == wanted
        check_nothing_doubled(steps.database, after.engine)
    steps.database.close()


def test_a_worker_and_the_database_killed_lose_and_double_nothing(
    tmp_path: Path, server: Server
) -> None:
    kill_and_look(tmp_path, server, seed=0, times=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_fifty_ingests_whose_worker_and_database_are_killed(
    tmp_path: Path, server: Server, seed: int
) -> None:
    kill_and_look(tmp_path, server, seed, times=5)

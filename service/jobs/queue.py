"""The queue that jobs stand in, and what takes them out: Procrastinate, over PostgreSQL."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import procrastinate
import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import DeleteJobCondition, Status
from psycopg import Connection

from index.embedding import Embedder
from index.errors import IndexingError
from index.postgres.database import Database, Row
from index.postgres.revisions import fingerprint_here
from ingest.maker import maker
from ingest.version import CHUNKER_VERSION
from service import messages

_log = logging.getLogger(__name__)

ATTEMPTS = 5
"""How often a job is tried, also where its worker dies of it, before the whole ingest fails."""


@dataclass(frozen=True)
class Pace:
    """In seconds: how often a worker says that it lives, and when it is no longer believed to.

    `pause` is how long it waits where the database doesn't answer. A job that failed waits `again`
    seconds, then its square, its cube and so on.
    """

    heartbeat: float = 5
    believed: float = 30
    pause: float = 2
    again: int = 3


class Queue:
    """Puts jobs into one queue. Only workers that would make the same of a file take them."""

    def __init__(self, database: Database, embedder: Embedder) -> None:
        made_by = f"{maker()} {fingerprint_here(embedder, CHUNKER_VERSION)}"
        self.name = f"ingest-{hashlib.sha256(made_by.encode()).hexdigest()[:16]}"
        self.database = database
        # Never opened: jobs are put in on the connection of whoever does what they follow from.
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def put(self, connection: Connection[Row], step: str, *jobs: Mapping[str, Any]) -> None:
        """Puts jobs into the queue when the transaction of this connection is committed."""
        configured = self._app.configure_task(step, queue=self.name, connection=connection)
        configured.batch_defer(*map(dict, jobs))


Step = Callable[..., None]
Failed = Callable[[int, str], None]


@dataclass(frozen=True)
class Worker:
    """Takes jobs out of a queue, `at_once` of them together.

    `steps` do them, by name. `failed` is told of the ingest whose job can't be done, and why.
    """

    queue: Queue
    steps: Mapping[str, Step]
    failed: Failed
    at_once: int = 1
    pace: Pace = Pace()

    async def work(self, until: Awaitable[object]) -> None:
        """Does jobs until this ends, then those that it has begun; it outlives the database."""
        # It tells every failure with its trace, several times over; `_tried` says it once.
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
        end = asyncio.ensure_future(until)
        while not end.done():
            taking = asyncio.create_task(self._take())
            await asyncio.wait([taking, end], return_when=asyncio.FIRST_COMPLETED)
            taking.cancel()
            try:
                await taking
            except asyncio.CancelledError:
                pass
            except (ConnectorException, psycopg.Error, OSError) as error:
                _log.warning("the database doesn't answer, trying again: %s", error)
            await asyncio.wait([end], timeout=self.pace.pause)
        await end

    async def _take(self) -> None:
        """Does jobs until it is cancelled, or the database goes."""
        connector = procrastinate.PsycopgConnector(conninfo=self.queue.database.url)
        app = procrastinate.App(connector=connector)
        for name, step in self.steps.items():
            tried_again = procrastinate.RetryStrategy(
                max_attempts=ATTEMPTS - 1, exponential_wait=self.pace.again
            )
            app.task(name=name, retry=tried_again, pass_context=True)(self._tried(name, step))
        async with app.open_async():
            reviving = asyncio.create_task(self._revive(app))
            try:
                await app.run_worker_async(
                    queues=[self.queue.name],
                    concurrency=self.at_once,
                    fetch_job_polling_interval=self.pace.heartbeat,
                    update_heartbeat_interval=self.pace.heartbeat,
                    stalled_worker_timeout=self.pace.believed,
                    delete_jobs=DeleteJobCondition.SUCCESSFUL,
                    install_signal_handlers=False,
                )
            finally:
                reviving.cancel()

    def _tried(self, name: str, step: Step) -> Callable[..., None]:
        def run(context: JobContext, *, ingest: int, **where: Any) -> None:
            try:
                step(ingest, **where)
            except Exception as error:
                foreseen = isinstance(error, IndexingError)
                _log.warning("%s in ingest %s: %r", name, ingest, error, exc_info=not foreseen)
                if context.job.attempts + 1 >= ATTEMPTS:
                    self.failed(ingest, str(error) if foreseen else type(error).__name__)
                raise

        return run

    async def _revive(self, app: procrastinate.App) -> None:
        """Gives the jobs of workers that have died to others, time and again."""
        while True:
            with suppress(ConnectorException):  # the database is away, or another was first
                await self._revive_once(app)
            await asyncio.sleep(self.pace.heartbeat)

    async def _revive_once(self, app: procrastinate.App) -> None:
        manager = app.job_manager
        for job in await manager.get_stalled_jobs(
            queue=self.queue.name, seconds_since_heartbeat=self.pace.believed
        ):
            if job.attempts + 1 < ATTEMPTS:
                await manager.retry_job(job)
                continue
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            await asyncio.to_thread(
                self.failed, int(str(job.task_kwargs["ingest"])), messages.WORKERS_DIED
            )

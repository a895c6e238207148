"""A worker as a process that can be killed, `python jobber.py URL`; it says when it is at work."""

from __future__ import annotations

import asyncio
import sys

from index.postgres.database import Database
from index.postgres.place import DatabasePlace
from ingest.workers import Crew, Limits
from service.jobs.ingestion import JobIngestion
from service.jobs.queue import Pace, Queue, Worker
from service.jobs.steps import Steps
from tests.fakes import FakeEmbedder

SOON = Pace(heartbeat=0.2, believed=3, pause=0.2, again=0)
"""Quick to notice that another worker, or the database, has died."""


def steps_in(url: str) -> Steps:
    """The jobs of a database, with the embedder that needs no model."""
    database, embedder = Database(url), FakeEmbedder()
    crew = Crew(Limits(seconds=60, memory=1_000_000_000))
    return Steps(database, embedder, Queue(database, embedder), crew)


def worker_of(steps: Steps) -> Worker:
    """A worker that does these jobs, two at once."""
    return Worker(steps.queue, steps.by_name(), steps.fail, at_once=2, pace=SOON)


def ingestion_of(steps: Steps, *, works: bool = True) -> JobIngestion:
    """An ingest by these jobs, which it does itself or leaves to others."""
    worker = worker_of(steps) if works else None
    return JobIngestion(DatabasePlace(steps.database), steps, worker)


async def _work(worker: Worker) -> None:
    sys.stdout.write("at work\n")
    sys.stdout.flush()
    await worker.work(asyncio.Event().wait())


if __name__ == "__main__":
    asyncio.run(_work(worker_of(steps_in(sys.argv[1]))))

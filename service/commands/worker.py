"""`saferplans worker`: does the jobs of ingests, until Ctrl-C."""

from __future__ import annotations

import asyncio
import signal

import click

from service import messages
from service.bootstrap import Bootstrap
from service.commands import options
from service.jobs.queue import Worker


@click.command("worker")
@options.jobs(messages.JOBS_AT_ONCE, least=1)
@options.place
@options.pass_bootstrap
def command(bootstrap: Bootstrap, *, jobs: int | None, where: options.Where) -> None:
    """Do the jobs of ingests into a database: read files, embed, store, publish.

    Any number of workers share them, on this machine and others. They run the same version of
    saferplans with the same model, or they leave them alone.
    """
    worker = bootstrap.worker(where.settings(), jobs)
    options.log_to_stderr()
    click.echo(messages.taking_jobs(worker.queue.database.name), err=True)
    asyncio.run(_work(worker))


async def _work(worker: Worker) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await worker.work(stopped.wait())

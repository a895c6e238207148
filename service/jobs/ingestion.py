"""Files into a database's index by jobs: begun here, worked wherever workers are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue
from index.errors import DatabaseError, IndexingError
from index.postgres.place import DatabasePlace
from ingest.batch import Batch
from ingest.look import Look
from ingest.pipeline import found
from service import messages
from service.feedback import SILENT, Feedback
from service.ingestion import Ingested
from service.jobs import records
from service.jobs.queue import Worker
from service.jobs.records import Progress, Request, State
from service.jobs.served import Served
from service.jobs.steps import PUBLISH, READ, Steps

_LOOK_EVERY = 0.5
"""Seconds between two looks at how far an ingest has come."""

_NOTHING_YET = Progress(State.OPEN, "", 0, 0, 0, 0)


class IngestFailedError(IndexingError):
    """An ingest was given up; what was served before still is."""


@dataclass(frozen=True)
class JobIngestion:
    """Ingests by jobs: `worker` does some of them here, or with None all are left to others."""

    place: DatabasePlace
    steps: Steps
    worker: Worker | None = None
    feedback: Feedback = SILENT
    data_dir: Path | None = None

    def add(self, paths: Sequence[Path], catalogue: Catalogue, *, prune: bool = False) -> Ingested:
        """Adds files to what is held, and waits till that is served.

        Files that can't be read are in the report, no more. Once the files are in the database the
        ingest goes on without this process.

        Raises:
            WriterBusyError: another ingest is under way.
            IngestFailedError: a job failed time and again.
            DatabaseError: the database can't be used.
        """
        ingest = self.begin(paths, catalogue, prune=prune)
        done = asyncio.run(self._done(ingest))
        if done.state is State.FAILED:
            raise IngestFailedError(done.outcome)
        return Ingested.model_validate_json(done.outcome)

    def begin(self, paths: Sequence[Path], catalogue: Catalogue, *, prune: bool = False) -> int:
        """Puts files into the database, with the jobs to ingest them: all, or none; its number.

        Raises:
            WriterBusyError: another ingest is under way.
            DatabaseError: the database can't be used.
        """
        with self.place.alone(), found(paths, self.steps.read_in, self.data_dir) as files:
            served = Served.by(self.place.database, self.steps.embedder, self.feedback.note)
            places = [place for each in served.held for place in each.origin.places]
            look = Look.at(files, places)
            lie = {source.place.path: source.file for source in files.files}
            batch = Batch.of(look, served.held, lie)
            return self._put(batch, catalogue, prune=prune)

    def _put(self, batch: Batch, catalogue: Catalogue, *, prune: bool) -> int:
        to_read = [each for each in batch.twins.values() if each.to_parse(catalogue)]
        queue = self.steps.queue
        with self.place.database.transaction() as connection:
            request = Request(look=batch.look, prune=prune)
            ingest = records.begin(connection, queue.name, request, catalogue)
            for twins in to_read:
                records.put_file(connection, ingest, twins)
            if to_read:
                jobs = ({"ingest": ingest, "sha256": twins.sha256} for twins in to_read)
                queue.put(connection, READ, *jobs)
            else:
                queue.put(connection, PUBLISH, {"ingest": ingest})
        return ingest

    async def _done(self, ingest: int) -> Progress:
        if self.worker is None:
            self.feedback.note(messages.LEFT_TO_WORKERS)
            return await self._ended(ingest)
        ended = asyncio.create_task(self._ended(ingest))
        await self.worker.work(ended)
        return await ended

    async def _ended(self, ingest: int) -> Progress:
        """How an ingest ended, once it has; tells how far it is till then."""
        before, away = _NOTHING_YET, False
        while True:
            try:
                at = await asyncio.to_thread(records.progress, self.place.database, ingest)
            except DatabaseError as error:
                if not away:
                    self.feedback.note(str(error))
                away = True
            else:
                if at.state is not State.OPEN:
                    # Its files are gone from the database; what was told last is done.
                    whole = before._replace(read=before.to_read, embedded=before.to_embed)
                    self._tell(before, whole)
                    return at
                self._tell(before, at)
                before, away = at, False
            await asyncio.sleep(_LOOK_EVERY)

    def _tell(self, before: Progress, at: Progress) -> None:
        """Tells what has moved; how much there is to embed is known once all is read."""
        if at.read != before.read:
            self.feedback.reading(at.read, at.to_read)
        if at.read == at.to_read and at.embedded != before.embedded:
            self.feedback.embedding(at.embedded, at.to_embed)

"""What each job of an ingest does.

A file is read, its passages are embedded by batches, what came of it is stored; after the last file
the whole is published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from corpus.models import ParsedDocument
from index.consistency import refuse_contradictions
from index.embedding import Embedder
from index.postgres.database import Database, Row
from index.postgres.generations import Listed, Made
from index.postgres.publishing import publish_revisions
from index.postgres.revisions import Revision, fingerprint_here
from index.postgres.storing import known, store
from index.reuse import vectors_of
from ingest.batch import Batch, read_twins
from ingest.parsing import Parsed
from ingest.pipeline import IngestResult, settled
from ingest.reading import FileTask
from ingest.twins import Held, Holding
from ingest.version import CHUNKER_VERSION
from ingest.workers import Done, Run, run_here
from service import messages
from service.ingestion import Ingested, areas_of
from service.jobs import records
from service.jobs.queue import Queue
from service.jobs.records import State, Told, Try
from service.jobs.served import Served
from service.ports import Meanings, NoMeanings

READ, EMBED, STORE, PUBLISH = "read", "embed", "store", "publish"

BATCH = 128
"""Passages embedded together: some seconds of work, which is what a worker that dies loses."""


@dataclass(frozen=True)
class Steps:
    """The jobs of one database. Each does its part once, however often it is run.

    `read_in` runs what reads a file: workers, or for trusted files this process.
    """

    database: Database
    embedder: Embedder
    queue: Queue
    read_in: Run = run_here
    meanings: Meanings = field(default_factory=NoMeanings)

    def by_name(self) -> Mapping[str, Callable[..., None]]:
        """Each step by the name of its jobs."""
        return {READ: self.read, EMBED: self.embed, STORE: self.store, PUBLISH: self.publish}

    def fail(self, ingest: int, why: str) -> None:
        """Gives up an ingest; what was served stays."""
        with suppress(records.ClosedError), self.database.transaction() as connection:
            records.close(connection, ingest, State.FAILED, messages.ingest_failed(why))

    def read(self, ingest: int, sha256: str) -> None:
        """Reads a file within its limits."""
        if (asked := records.unread(self.database, ingest, sha256)) is None:
            return
        to_read, content, catalogue = asked
        with TemporaryDirectory(prefix="saferplans-read-") as folder:
            file = Path(folder) / "file"
            file.write_bytes(content)
            twins = to_read.twins(file)
            tries = list(map(Try.of, read_twins({sha256: twins}, catalogue, self.read_in)))
        made = twins.holding(catalogue)
        self._put_document(
            ingest, sha256, tries, made if isinstance(made, ParsedDocument) else None
        )

    def _put_document(
        self, ingest: int, sha256: str, tries: Sequence[Try], document: ParsedDocument | None
    ) -> None:
        passages = len(document.passages) if document else 0
        sizes = [min(BATCH, passages - first) for first in range(0, passages, BATCH)]
        where = {"ingest": ingest, "sha256": sha256}
        with self.database.transaction() as connection:
            if not records.put_tries(connection, ingest, sha256, tries, document):
                return
            if sizes:
                records.put_batches(connection, ingest, sha256, sizes)
                batches = ({**where, "batch": batch} for batch in range(len(sizes)))
                self.queue.put(connection, EMBED, *batches)
            elif document:
                self.queue.put(connection, STORE, where)
            elif records.is_last(connection, ingest):
                self.queue.put(connection, PUBLISH, {"ingest": ingest})

    def embed(self, ingest: int, sha256: str, batch: int) -> None:
        """Embeds a batch of a document's passages, and tells what their stretches mean."""
        if (document := records.document_of(self.database, ingest, sha256)) is None:
            return
        passages = document.passages[batch * BATCH : (batch + 1) * BATCH]
        texts = [passage.embeddable for passage in passages]
        held = known(self.database, texts, self.embedder.fingerprint)
        vectors = vectors_of(texts, held, self.embedder, None)
        meaning = self.meanings.told(document.model_copy(update={"passages": passages})).passages
        told = Told(vectors, tuple(passage.meanings for passage in meaning))
        with self.database.transaction() as connection:
            if records.put_told(connection, ingest, sha256, batch, told):
                self.queue.put(connection, STORE, {"ingest": ingest, "sha256": sha256})

    def store(self, ingest: int, sha256: str) -> None:
        """Stores a document all of whose passages are embedded; nobody sees it yet."""
        if (document := records.document_of(self.database, ingest, sha256)) is None:
            return
        told = records.told_of(self.database, ingest, sha256, self.embedder.dimension)
        passages = tuple(
            passage.model_copy(update={"meanings": meanings})
            for passage, meanings in zip(document.passages, told.meanings, strict=True)
        )
        whole = document.model_copy(update={"passages": passages})
        [revision] = store(self.database, [whole], _Embedded(self.embedder, whole, told.vectors))
        with self.database.transaction() as connection:
            records.put_stored(connection, ingest, sha256, revision)
            if records.is_last(connection, ingest):
                self.queue.put(connection, PUBLISH, {"ingest": ingest})

    def publish(self, ingest: int) -> None:
        """Serves what was stored beside what was held, and ends the ingest, in one transaction."""
        if (asked := records.asked(self.database, ingest)) is None:
            return
        request, catalogue = asked
        served = Served.by(self.database, self.embedder)
        batch = Batch.of(request.look, served.held)
        batch.read(catalogue, _again(records.tries_of(self.database, ingest)), lambda _name: None)
        result = settled(batch, catalogue, prune=request.prune)
        if result.holdings == served.held:
            with self.database.transaction() as connection:
                _close(connection, served.generation, ingest=ingest, result=result, changed=False)
            return
        stored = records.revisions_of(self.database, ingest)
        listed = [self._listed(holding, served, stored) for holding in result.holdings]
        documents = [parsed for parsed, _ in listed]
        areas = areas_of(documents, catalogue, served.areas)
        refuse_contradictions(documents, areas)
        fingerprint = fingerprint_here(self.embedder, CHUNKER_VERSION)
        made = Made(fingerprint, areas, result.report.model_dump(mode="json"))
        along = partial(_close, ingest=ingest, result=result, changed=True)
        # Another worker may have published meanwhile: then nothing of this is.
        with suppress(records.ClosedError):
            publish_revisions(self.database, [each for _, each in listed], made, along=along)

    def _listed(
        self, holding: Holding, served: Served, stored: Mapping[str, Revision]
    ) -> tuple[ParsedDocument, Listed]:
        """A document to publish, without its words, and the revision that it is held as."""
        if isinstance(holding, Held):
            parsed, revision = served.bare(holding), served.revision(holding)
        else:
            parsed, revision = holding, stored.get(holding.document.sha256)
        if revision is None:
            # Of other words than what is held: it has another name now, or can't be read.
            parsed = (
                served.parsed(holding) if isinstance(holding, Held) else self.meanings.told(holding)
            )
            [revision] = store(self.database, [parsed], self.embedder)
        return parsed, Listed(revision, parsed.origin)


def _again(tries: Mapping[tuple[str, str], Try]) -> Run:
    """Gives what came of reading, where it was done before."""

    def run(_read: object, tasks: Iterable[FileTask], /) -> Iterator[Done[FileTask, Parsed]]:
        for task in tasks:
            yield Done(task, tries[task.sha256, task.name].result())

    return cast("Run", run)


def _close(
    connection: Connection[Row],
    generation: str | None,
    *,
    ingest: int,
    result: IngestResult,
    changed: bool,
) -> None:
    done = Ingested(
        report=result.report,
        generation=generation,
        changed=changed,
        documents_held=len(result.holdings),
    )
    records.close(connection, ingest, State.DONE, done.model_dump_json())


class _Embedded:
    """Fulfils `index.embedding.Embedder` with the vectors of a document that are there already."""

    def __init__(
        self, embedder: Embedder, document: ParsedDocument, vectors: NDArray[np.float32]
    ) -> None:
        self.fingerprint, self.dimension = embedder.fingerprint, embedder.dimension
        texts = (passage.embeddable for passage in document.passages)
        self._vectors = dict(zip(texts, vectors, strict=True))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape `(len(texts), dimension)`, of texts of the document."""
        return np.array([self._vectors[text] for text in texts], dtype=np.float32)

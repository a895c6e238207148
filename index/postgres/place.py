"""A database as the place of generations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.models import Area, ParsedDocument
from index.embedding import Embedder
from index.errors import WriterBusyError
from index.manifest import Counts, Fingerprint
from index.places import ingest_busy
from index.postgres import generations, publishing
from index.postgres.catalogue import Catalogue, read
from index.postgres.database import Database
from index.postgres.engine import PostgresEngine, open_current
from index.postgres.nearest import EXACT_ROWS
from index.postgres.revisions import fingerprint_here
from index.reuse import Progress

_INGEST = 0x5AFE_0003
"""The advisory lock that the one ingest holds from reading what is held until it has published."""


@dataclass(frozen=True)
class DatabasePlace:
    """Fulfils `index.places.Place` in a database."""

    database: Database

    @property
    def name(self) -> str:
        """What a person calls it; without the password."""
        return self.database.name

    exact_rows = EXACT_ROWS

    def described(self) -> str:
        """The database, and the versions of its server and of pgvector."""
        ((server, vector),) = self.database.rows(
            "SELECT current_setting('server_version'),"
            " (SELECT extversion FROM pg_extension WHERE extname = 'vector')"
        )
        return f"{self.name}, PostgreSQL {server}, pgvector {vector}"

    def fingerprint(self, embedder: Embedder, *, chunker_version: str) -> Fingerprint:
        """What a generation here must bear to be read by this run."""
        return fingerprint_here(embedder, chunker_version)

    def catalogue(self) -> Catalogue:
        """What the generation served was published as."""
        return read(self.database)

    def counted(self, generation: str) -> Counts:
        """How many of each there are in fact; of passages, those that every table has."""
        return generations.counted(self.database, generation)

    def current_id(self) -> str | None:
        """The id of the generation served, or None."""
        return publishing.current_id(self.database)

    def open_current(self, embedder: Embedder, *, chunker_version: str) -> PostgresEngine:
        """See `index.postgres.engine.open_current`."""
        return open_current(self.database, embedder, chunker_version=chunker_version)

    def publish(
        self,
        documents: Sequence[ParsedDocument],
        areas: Sequence[Area],
        embedder: Embedder,
        *,
        chunker_version: str,
        report: Mapping[str, object],
        on_progress: Progress | None = None,
    ) -> str:
        """See `index.postgres.publishing.publish`."""
        return publishing.publish(
            self.database,
            documents,
            areas,
            embedder,
            chunker_version=chunker_version,
            report=report,
            on_progress=on_progress,
        )

    def report(self, generation: str) -> bytes | None:
        """The report of the ingest that made a generation; None if there is none of this id."""
        found = self.database.rows(
            "SELECT report FROM generations WHERE id = %(id)s", {"id": generation}
        )
        return found[0][0].encode() if found else None

    def recover(self) -> str | None:
        """None: what is served is a row like any other, and isn't lost by itself."""
        return None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other ingests out from reading what is held until the new whole is published.

        Raises:
            WriterBusyError: another ingest is at work on this database, or goes on by jobs.
        """
        with self.database.holding(_INGEST) as held:
            under_way = "SELECT 1 FROM ingests WHERE state = 'open'"
            if not held or self.database.rows(under_way):
                raise WriterBusyError(ingest_busy(self.name))
            yield

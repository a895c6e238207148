"""Publishes whole generations to the database: a reader sees the old one or the new one.

A generation's rows are written in one transaction with the switch of the one row of `served`,
whenever the writer dies. The current and the previous generation are kept.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from psycopg import Connection

from corpus.models import Area, ParsedDocument
from index.consistency import refuse_contradictions
from index.embedding import Embedder
from index.errors import DatabaseError, WriterBusyError
from index.postgres import generations
from index.postgres.database import Database, Row, fetch
from index.postgres.generations import Listed, Made
from index.postgres.removal import keep_only
from index.postgres.revisions import fingerprint_here
from index.postgres.storing import store
from index.reuse import Progress

_WRITER = 0x5AFE_0002
"""The advisory lock that the one publisher holds; the server lets go of it when its holder dies."""

_log = logging.getLogger(__name__)

Along = Callable[[Connection[Row], str], None]
"""Is told of a generation that is about to be served."""


def current_id(database: Database) -> str | None:
    """The id of the generation served, or None; cheap enough to ask on every request."""
    found = database.rows("SELECT generation FROM served")
    return found[0][0] if found else None


def publish(  # noqa: PLR0913 - a publication is one call, as the embedded one is
    database: Database,
    documents: Sequence[ParsedDocument],
    areas: Sequence[Area],
    embedder: Embedder,
    *,
    chunker_version: str,
    report: Mapping[str, object],
    on_progress: Progress | None = None,
) -> str:
    """Makes these documents, and no others, the ones served; gives the generation's id.

    As `index.generations.publish`, and documents that are held already aren't written again.

    Raises:
        InconsistentCorpusError: the documents contradict each other.
        EmbedderError: the model fails, or gives no vectors of unit length.
        WriterBusyError: somebody else is publishing to this database.
        DatabaseError: the database can't be used.
    """
    refuse_contradictions(documents, areas)
    made = Made(fingerprint_here(embedder, chunker_version), areas, report)
    with only_writer(database):
        revisions = store(database, documents, embedder, on_progress)
        listed = [
            Listed(revision, parsed.origin)
            for revision, parsed in zip(revisions, documents, strict=True)
        ]
        return _publish(database, listed, made)


def publish_revisions(
    database: Database,
    listed: Sequence[Listed],
    made: Made,
    *,
    along: Along | None = None,
) -> str:
    """Makes these documents, stored before, the ones served; gives the generation's id.

    `along` is done in the same transaction: it and the publication are, or neither.

    Raises:
        InconsistentCorpusError: one of them isn't held.
        WriterBusyError: somebody else is publishing to this database.
        DatabaseError: the database can't be used.
    """
    with only_writer(database):
        return _publish(database, listed, made, along)


@contextmanager
def only_writer(database: Database) -> Iterator[None]:
    """Holds the database against other publishers; doesn't wait.

    Raises:
        WriterBusyError: another process or thread publishes.
    """
    with database.holding(_WRITER) as held:
        if not held:
            raise WriterBusyError(
                f"Another process is publishing to {database.name}: "
                f"wait until it's done, then run this again."
            )
        yield


def _publish(
    database: Database, listed: Sequence[Listed], made: Made, along: Along | None = None
) -> str:
    generation = generations.id_of(listed, made)
    with database.transaction() as connection:
        _index_vectors(connection, made.fingerprint.dimension)
        if not generations.is_there(connection, generation):
            generations.write(connection, generation, listed, made)
        _switch(connection, generation)
        if along:
            along(connection, generation)
    _tidy(database, generation)
    return generation


def _tidy(database: Database, generation: str) -> None:
    """Makes answers quick. The generation is served by now, so what fails here is only logged."""
    try:
        with database.connection() as connection:
            # The planner knows nothing of what came just now till somebody counts it; and an index
            # of words keeps what is new in a list of its own, through which every look-up reads.
            connection.execute("ANALYZE parts, documents, passages, vectors, postings")
            connection.execute("VACUUM (ANALYZE) words, sentences")
    except DatabaseError as error:
        _log.warning(
            "generation=%s is published; answers may be slow till autovacuum comes: %s",
            generation,
            error.__cause__,
        )


def _index_vectors(connection: Connection[Row], dimension: int) -> None:
    """Makes the index of the vectors of this dimension, unless it is there."""
    connection.execute(
        f"CREATE INDEX IF NOT EXISTS vectors_nearest_{dimension} ON vectors USING hnsw"
        f" ((embedding::halfvec({dimension})) halfvec_ip_ops)"
        f" WHERE vector_dims(embedding) = {dimension}"
    )


def _switch(connection: Connection[Row], generation: str) -> None:
    """Serves a generation, and removes all but it and the one that was served till now."""
    served = fetch(connection, "SELECT generation FROM served")
    previous = served[0][0] if served else generation
    if previous == generation and served:
        return
    connection.execute(
        "INSERT INTO served (generation) VALUES (%(generation)s)"
        " ON CONFLICT (sole) DO UPDATE SET generation = excluded.generation",
        {"generation": generation},
    )
    keep_only(connection, [generation, previous])

"""Documents are stored: each in one transaction or not at all, and once however often it is tried.

The same document again is there already (`index.postgres.revisions`), and two workers that store it
at once store it once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from corpus.models import ParsedDocument
from index.embedding import Embedder
from index.postgres.database import Database, Row
from index.postgres.revisions import Revision, revision_of
from index.postgres.rows import Rows, digest_of
from index.reuse import Known, Progress, vectors_of
from index.store import text_digest


def store(
    database: Database,
    documents: Sequence[ParsedDocument],
    embedder: Embedder,
    on_progress: Progress | None = None,
) -> list[Revision]:
    """Holds these documents, published or not, and gives their revisions in the same order.

    Each is written in a transaction of its own; those held already aren't written again. Only
    texts that no document held has are embedded. One that nobody publishes is removed in a week.

    Raises:
        EmbedderError: the model fails, or gives no vectors of unit length.
        DatabaseError: the database can't be used.
    """
    revisions = [revision_of(parsed, embedder.fingerprint) for parsed in documents]
    held = _asked_for(database, revisions)
    new = {
        revision: parsed
        for revision, parsed in zip(revisions, documents, strict=True)
        if revision.number not in held
    }
    texts = [passage.embeddable for parsed in new.values() for passage in parsed.passages]
    embedded = vectors_of(
        texts, known(database, texts, embedder.fingerprint), embedder, on_progress
    )
    first = 0
    for revision, parsed in new.items():
        end = first + len(parsed.passages)
        with database.transaction() as connection:
            _write(connection, Rows(revision, parsed, embedded[first:end], embedder.fingerprint))
        first = end
    return revisions


def _asked_for(database: Database, revisions: Sequence[Revision]) -> set[int]:
    """The numbers of those that are held, which are kept for a further week."""
    found = database.rows(
        "UPDATE documents SET kept = now() WHERE area = ANY(%(areas)s)"
        " AND revision = ANY(%(numbers)s) RETURNING revision",
        {
            "areas": sorted({revision.area for revision in revisions}),
            "numbers": [revision.number for revision in revisions],
        },
    )
    return {number for (number,) in found}


def known(database: Database, texts: Sequence[str], model: str) -> Known:
    """The vectors of those texts that a document held has."""
    wanted = {digest_of(model, digest): digest for digest in map(text_digest, texts)}
    found = database.rows(
        "SELECT DISTINCT ON (digest) digest, embedding FROM vectors WHERE digest = ANY(%(digests)s)"
        " ORDER BY digest",
        {"digests": list(wanted)},
    )
    rows = {wanted[digest]: row for row, (digest, _) in enumerate(found)}
    vectors = [vector.to_numpy() for _, vector in found]
    return Known(rows, _Held(np.array(vectors, dtype=np.float32)))


class _Held:
    """Vectors in memory, by row."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self._vectors = vectors

    def of_rows(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Shape `(len(rows), dimension)`."""
        made: NDArray[np.float32] = self._vectors[list(rows)]
        return made


def _write(connection: Connection[Row], rows: Rows) -> None:
    if not _inserted(connection, "documents", rows.document()):
        return  # another worker was first
    _inserted(connection, "heads", rows.head())
    for table, values in rows.copied().items():
        with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
    # In binary: a vector as text takes a millisecond to write, and as much to read.
    with connection.cursor().copy(
        "COPY vectors (area, revision, ordinal, part, digest, embedding) FROM STDIN (FORMAT BINARY)"
    ) as copy:
        copy.set_types(["text", "int8", "int4", "int8", "bytea", "halfvec"])
        for row in rows.vectors():
            copy.write_row(row)


def _inserted(connection: Connection[Row], table: str, values: Mapping[str, Any]) -> bool:
    """Inserts a row, and tells whether it is new."""
    names = ", ".join(values)
    marks = ", ".join(f"%({name})s" for name in values)
    added = connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING", values
    )
    return added.rowcount == 1

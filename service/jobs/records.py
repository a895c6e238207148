"""What the database holds of an ingest: what was asked for, and how far each file has come.

Every step is written together with the jobs that follow from it, in one transaction, and only once:
a job that is run again finds its step done. So nothing is lost or doubled, whoever dies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import LiteralString, NamedTuple

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection
from pydantic import TypeAdapter

from corpus.catalogue import Catalogue
from corpus.models import Frozen, Meaning, ParsedDocument, Place
from index.postgres.database import Database, Row, fetch
from index.postgres.revisions import Revision
from ingest.errors import IngestError, UnreadableError
from ingest.look import Look
from ingest.parsing import Parsed
from ingest.reading import FileTask
from ingest.report import FileReport
from ingest.sources import Source
from ingest.twins import Held, Twins
from ingest.workers import Done

_KEPT = 10
"""Ingests of which the outcome is kept, for whoever waits for it."""


class State(StrEnum):
    """How an ingest stands."""

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"


class ClosedError(Exception):
    """An ingest has ended already."""


class Request(Frozen):
    """What an ingest saw, and whether it takes away documents whose files are gone."""

    look: Look
    prune: bool


class ToRead(Frozen):
    """Files of the same bytes, as `ingest.twins.Twins` has them before they are read."""

    sha256: str
    places: tuple[Place, ...]
    stays: tuple[Place, ...]
    held: Held | None

    @classmethod
    def of(cls, twins: Twins) -> ToRead:
        """What is to be read of these files."""
        places = tuple(source.place for source in twins.sources)
        return cls(sha256=twins.sha256, places=places, stays=twins.stays, held=twins.held)

    def twins(self, file: Path) -> Twins:
        """The files, with their bytes in this one."""
        sources = [Source(place, file) for place in self.places]
        return Twins(self.sha256, sources, self.held, self.stays)


class Try(Frozen):
    """What came of reading bytes under one name: a document and the report on it, or a problem.

    Of the document there is only what a report and a list of plans need.
    """

    name: str
    document: ParsedDocument | None = None
    report: FileReport | None = None
    problem: str = ""
    unreadable: bool = False

    @classmethod
    def of(cls, done: Done[FileTask, Parsed]) -> Try:
        """What came of a task."""
        if isinstance(done.result, IngestError):
            unreadable = isinstance(done.result, UnreadableError)
            return cls(name=done.task.name, problem=str(done.result), unreadable=unreadable)
        bare = {"text": "", "sections": (), "passages": ()}
        document = done.result.document.model_copy(update=bare)
        return cls(name=done.task.name, document=document, report=done.result.report)

    def result(self) -> Parsed | IngestError:
        """It again, as reading gave it."""
        if self.document and self.report:
            return Parsed(self.document, self.report)
        return UnreadableError(self.problem) if self.unreadable else IngestError(self.problem)


TRIES = TypeAdapter(tuple[Try, ...])
_MEANINGS = TypeAdapter(tuple[tuple[Meaning, ...], ...])


class Told(NamedTuple):
    """What models told of passages, in order: vectors of shape (passages, dimension), meanings."""

    vectors: NDArray[np.float32]
    meanings: tuple[tuple[Meaning, ...], ...]


class Progress(NamedTuple):
    """How far an ingest has come: files read, passages embedded; and how it ended."""

    state: State
    outcome: str
    read: int
    to_read: int
    embedded: int
    to_embed: int


def begin(connection: Connection[Row], queue: str, request: Request, catalogue: Catalogue) -> int:
    """Opens an ingest, and gives its number; no other may be open."""
    [(ingest,)] = fetch(
        connection,
        "INSERT INTO ingests (queue, request, catalogue)"
        " VALUES (%(queue)s, %(request)s, %(catalogue)s) RETURNING id",
        {
            "queue": queue,
            "request": request.model_dump_json(),
            "catalogue": catalogue.model_dump_json(),
        },
    )
    number: int = ingest
    connection.execute("DELETE FROM ingests WHERE id <= %s", (number - _KEPT,))
    return number


def put_file(connection: Connection[Row], ingest: int, twins: Twins) -> None:
    """Holds the bytes of files that have to be read.

    Raises:
        OSError: they aren't there any more.
    """
    connection.execute(
        "INSERT INTO ingest_files (ingest, sha256, task, content) VALUES (%s, %s, %s, %b)",
        (
            ingest,
            twins.sha256,
            ToRead.of(twins).model_dump_json(),
            twins.sources[0].file.read_bytes(),
        ),
    )


def asked(database: Database, ingest: int) -> tuple[Request, Catalogue] | None:
    """What an open ingest shall do."""
    found = database.rows(
        "SELECT request, catalogue FROM ingests WHERE id = %(ingest)s AND state = 'open'",
        {"ingest": ingest},
    )
    if not found:
        return None
    request, catalogue = found[0]
    return Request.model_validate_json(request), Catalogue.model_validate_json(catalogue)


def unread(database: Database, ingest: int, sha256: str) -> tuple[ToRead, bytes, Catalogue] | None:
    """What is to be read; None where it was."""
    found = _binary(
        database,
        "SELECT task, content, catalogue FROM ingest_files JOIN ingests ON id = ingest"
        " WHERE ingest = %(ingest)s AND sha256 = %(sha256)s AND tries IS NULL AND state = 'open'",
        {"ingest": ingest, "sha256": sha256},
    )
    if not found:
        return None
    task, content, catalogue = found[0]
    return ToRead.model_validate_json(task), content, Catalogue.model_validate_json(catalogue)


def put_tries(
    connection: Connection[Row],
    ingest: int,
    sha256: str,
    tries: Sequence[Try],
    document: ParsedDocument | None,
) -> bool:
    """Holds what came of reading, in place of the bytes; whether it wasn't held yet."""
    found = fetch(
        connection,
        "UPDATE ingest_files SET tries = %(tries)s, document = %(document)s, content = NULL,"
        " stored = %(document)s::text IS NULL"
        " WHERE ingest = %(ingest)s AND sha256 = %(sha256)s AND tries IS NULL RETURNING sha256",
        {
            "ingest": ingest,
            "sha256": sha256,
            "tries": TRIES.dump_json(tuple(tries)).decode(),
            "document": document.model_dump_json() if document else None,
        },
    )
    return bool(found)


def put_batches(
    connection: Connection[Row], ingest: int, sha256: str, sizes: Iterable[int]
) -> None:
    """Holds how the passages of a document are embedded, by batches of these sizes."""
    rows = [(ingest, sha256, batch, size) for batch, size in enumerate(sizes)]
    connection.cursor().executemany(
        "INSERT INTO ingest_batches (ingest, sha256, batch, passages) VALUES (%s, %s, %s, %s)", rows
    )


def document_of(database: Database, ingest: int, sha256: str) -> ParsedDocument | None:
    """A document that was read; None where it is stored."""
    found = database.rows(
        "SELECT document FROM ingest_files JOIN ingests ON id = ingest WHERE ingest = %(ingest)s"
        " AND sha256 = %(sha256)s AND document IS NOT NULL AND state = 'open'",
        {"ingest": ingest, "sha256": sha256},
    )
    return ParsedDocument.model_validate_json(found[0][0]) if found else None


def put_told(connection: Connection[Row], ingest: int, sha256: str, batch: int, told: Told) -> bool:
    """Holds what was told of a batch; whether that is new, and the last of the document."""
    # Of two batches that end at once, one waits here and sees the other.
    fetch(
        connection,
        "SELECT 1 FROM ingest_files WHERE ingest = %(ingest)s AND sha256 = %(sha256)s FOR UPDATE",
        {"ingest": ingest, "sha256": sha256},
    )
    values = {
        "ingest": ingest,
        "sha256": sha256,
        "batch": batch,
        "vectors": told.vectors.tobytes(),
        "meanings": _MEANINGS.dump_json(told.meanings).decode(),
    }
    found = fetch(
        connection,
        "UPDATE ingest_batches SET vectors = %(vectors)b, meanings = %(meanings)s"
        " WHERE ingest = %(ingest)s AND sha256 = %(sha256)s AND batch = %(batch)s"
        " AND vectors IS NULL RETURNING batch",
        values,
    )
    left = "SELECT 1 FROM ingest_batches WHERE ingest = %(ingest)s AND sha256 = %(sha256)s"
    return bool(found) and not fetch(connection, f"{left} AND vectors IS NULL LIMIT 1", values)


def told_of(database: Database, ingest: int, sha256: str, dimension: int) -> Told:
    """What was told of all passages of a document."""
    found = _binary(
        database,
        "SELECT vectors, meanings FROM ingest_batches WHERE ingest = %(ingest)s"
        " AND sha256 = %(sha256)s ORDER BY batch",
        {"ingest": ingest, "sha256": sha256},
    )
    vectors = np.frombuffer(b"".join(each for each, _ in found), np.float32)
    meanings = (_MEANINGS.validate_json(each) for _, each in found)
    return Told(vectors.reshape(-1, dimension), tuple(chain.from_iterable(meanings)))


def put_stored(connection: Connection[Row], ingest: int, sha256: str, revision: Revision) -> None:
    """Notes what a document is stored as; what led to it isn't needed any more."""
    values = {"ingest": ingest, "sha256": sha256, **revision._asdict()}
    connection.execute(
        "UPDATE ingest_batches SET vectors = '', meanings = NULL"
        " WHERE ingest = %(ingest)s AND sha256 = %(sha256)s",
        values,
    )
    connection.execute(
        "UPDATE ingest_files SET stored = true, area = %(area)s, revision = %(number)s,"
        " document = NULL WHERE ingest = %(ingest)s AND sha256 = %(sha256)s",
        values,
    )


def is_last(connection: Connection[Row], ingest: int) -> bool:
    """Whether nothing is left to do for any file of an open ingest.

    Of two transactions that end at once, one waits here and sees what the other did.
    """
    values = {"ingest": ingest}
    query = "SELECT 1 FROM ingests WHERE id = %(ingest)s AND state = 'open' FOR UPDATE"
    left = "SELECT 1 FROM ingest_files WHERE ingest = %(ingest)s AND NOT stored LIMIT 1"
    return bool(fetch(connection, query, values)) and not fetch(connection, left, values)


def tries_of(database: Database, ingest: int) -> dict[tuple[str, str], Try]:
    """What came of reading, by the SHA-256 of the bytes and the name."""
    found = database.rows(
        "SELECT sha256, tries FROM ingest_files WHERE ingest = %(ingest)s", {"ingest": ingest}
    )
    return {
        (sha256, each.name): each for sha256, tries in found for each in TRIES.validate_json(tries)
    }


def revisions_of(database: Database, ingest: int) -> dict[str, Revision]:
    """What documents are stored as, by the SHA-256 of the bytes."""
    found = database.rows(
        "SELECT sha256, area, revision FROM ingest_files"
        " WHERE ingest = %(ingest)s AND revision IS NOT NULL",
        {"ingest": ingest},
    )
    return {sha256: Revision(area, number) for sha256, area, number in found}


def close(connection: Connection[Row], ingest: int, state: State, outcome: str) -> None:
    """Ends an ingest that is open, and lets go of all but how it ended.

    Raises:
        ClosedError: it isn't open any more; what this transaction did shall not be.
    """
    closed = connection.execute(
        "UPDATE ingests SET state = %(state)s, outcome = %(outcome)s, request = '', catalogue = ''"
        " WHERE id = %(ingest)s AND state = 'open'",
        {"ingest": ingest, "state": state, "outcome": outcome},
    )
    if not closed.rowcount:
        raise ClosedError(ingest)
    connection.execute("DELETE FROM ingest_files WHERE ingest = %s", (ingest,))


def progress(database: Database, ingest: int) -> Progress:
    """How far an ingest has come."""
    [row] = database.rows(
        "SELECT state, outcome, count(tries), count(sha256),"
        " coalesce(sum(done), 0), coalesce(sum(passages), 0)"
        " FROM ingests LEFT JOIN ingest_files ON ingest = id LEFT JOIN LATERAL ("
        "   SELECT sum(passages) passages, sum(passages) FILTER (WHERE vectors IS NOT NULL) done"
        "   FROM ingest_batches b WHERE (b.ingest, b.sha256) = (ingests.id, ingest_files.sha256)"
        " ) batches ON true WHERE id = %(ingest)s GROUP BY ingests.id",
        {"ingest": ingest},
    )
    return Progress(State(row[0]), *row[1:4], *map(int, row[4:]))


def _binary(database: Database, query: LiteralString, values: Mapping[str, object]) -> list[Row]:
    """What a query gives, without the detour over text, which doubles bytes."""
    with database.connection() as connection:
        return connection.execute(query, values, binary=True).fetchall()

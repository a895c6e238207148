"""Publishes whole generations to the database, and removes those that nobody needs any more.

A generation is the list of the revisions that it holds, with what is counted over them. It is
written in one transaction with the switch of the one row of `served`: a reader sees the old
generation or the new one, whenever the writer dies. The current and the previous one are kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from psycopg import Connection

from corpus.models import Area, Origin, ParsedDocument, Plan
from index.consistency import refuse_contradictions
from index.embedding import Embedder
from index.errors import InconsistentCorpusError, WriterBusyError
from index.manifest import Counts, Fingerprint
from index.postgres.database import Database, Row, fetch
from index.postgres.lexemes import FIELDS
from index.postgres.revisions import OUTSIDE, Revision, fingerprint_here
from index.postgres.storing import store
from index.reuse import Progress
from index.store import in_plan_order

_WRITER = 0x5AFE_0002
"""The advisory lock that the one publisher holds; the server lets go of it when its holder dies."""

_UNCLAIMED = "7 days"
"""For how long documents are kept that were stored and are in no generation."""

_ID_CHARS = 16

Along = Callable[[Connection[Row], str], None]
"""Is told of a generation that is about to be served."""

BY_AREA = ("passages", "vectors", "words", "sentences")
"""Tables whose rows are found by area and revision."""


class Listed(NamedTuple):
    """A document of a generation: which revision of it, and how it came to be held."""

    revision: Revision
    origin: Origin


@dataclass(frozen=True)
class Made:
    """How a generation is made, and what its ingest had to report."""

    fingerprint: Fingerprint
    areas: Sequence[Area]
    report: Mapping[str, object] = field(default_factory=dict)


def current_id(database: Database) -> str | None:
    """The id of the generation served, or None; cheap enough to ask on every request."""
    found = database.rows("SELECT generation FROM served")
    return found[0][0] if found else None


def counted(database: Database, generation: str) -> Counts:
    """How many of each a generation has in fact; of passages, those that every table has."""
    values = {"generation": generation}
    documents, plans, sections = database.rows(
        "SELECT count(*), coalesce(sum(json_array_length(d.plans::json)), 0),"
        " coalesce(sum(json_array_length(d.sections::json)), 0)"
        " FROM holdings h JOIN documents d ON d.area = h.area AND d.revision = h.revision"
        " WHERE h.generation = %(generation)s",
        values,
    )[0]
    passages = [
        database.rows(
            f"SELECT count(*) FROM {table} x JOIN parts p ON p.area = x.area AND p.part = x.part"
            " WHERE p.generation = %(generation)s",
            values,
        )[0][0]
        for table in ("passages", "vectors", "words")
    ]
    return Counts(documents=documents, plans=plans, sections=sections, passages=min(passages))


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


class _Part(NamedTuple):
    """What a document holds of the plan at a place in it, or outside every plan."""

    key: int
    place: int
    area: str
    passages: int


class _Row(NamedTuple):
    """What a generation needs to know of a document."""

    plans: tuple[Plan, ...]
    sections: int
    heading_words: int
    text_words: int
    parts: tuple[_Part, ...]


def _publish(
    database: Database, listed: Sequence[Listed], made: Made, along: Along | None = None
) -> str:
    generation = _id_of(listed, made)
    with database.transaction() as connection:
        _index_vectors(connection, made.fingerprint.dimension)
        if not _is_there(connection, generation):
            held = _documents(connection, listed)
            _write(connection, generation, listed, held, made)
        _switch(connection, generation)
        if along:
            along(connection, generation)
    with database.connection() as connection:
        # The planner knows nothing of what came just now till somebody counts it.
        connection.execute(
            "ANALYZE parts, documents, passages, vectors, words, sentences, postings"
        )
    return generation


def _id_of(listed: Sequence[Listed], made: Made) -> str:
    """Names a generation by all that answers rest on: the same again is the same generation."""
    words = json.dumps(
        [
            made.fingerprint.model_dump_json(),
            [[each.revision.number, each.origin.model_dump_json()] for each in listed],
            [area.model_dump_json() for area in _by_name(made.areas)],
        ]
    )
    return hashlib.sha256(words.encode()).hexdigest()[:_ID_CHARS]


def _by_name(areas: Sequence[Area]) -> list[Area]:
    return sorted(areas, key=lambda area: area.name)


def _index_vectors(connection: Connection[Row], dimension: int) -> None:
    """Makes the index of the vectors of this dimension, unless it is there."""
    connection.execute(
        f"CREATE INDEX IF NOT EXISTS vectors_nearest_{dimension} ON vectors USING hnsw"
        f" ((embedding::halfvec({dimension})) halfvec_ip_ops)"
        f" WHERE vector_dims(embedding) = {dimension}"
    )


def _is_there(connection: Connection[Row], generation: str) -> bool:
    return bool(
        fetch(connection, "SELECT 1 FROM generations WHERE id = %(id)s", {"id": generation})
    )


def _documents(connection: Connection[Row], listed: Sequence[Listed]) -> list[_Row]:
    """What is held of each document, in order."""
    found = fetch(
        connection,
        "SELECT revision, json_array_length(sections::json), heading_words, text_words,"
        " parts, part_places, part_areas, part_passages FROM documents"
        " WHERE area = ANY(%(areas)s) AND revision = ANY(%(numbers)s)",
        _named(listed),
    )
    heads = fetch(
        connection,
        "SELECT revision, plans FROM heads WHERE revision = ANY(%(numbers)s)",
        _named(listed),
    )
    plans_of = {number: json.loads(plans) for number, plans in heads}
    rows = {
        number: _Row(
            tuple(map(Plan.model_validate, plans_of[number])),
            sections,
            heading_words,
            text_words,
            tuple(map(_Part._make, zip(*parts, strict=True))),
        )
        for number, sections, heading_words, text_words, *parts in found
    }
    missing = [each.revision for each in listed if each.revision.number not in rows]
    if missing:
        raise InconsistentCorpusError(
            f"{len(missing)} of the documents to publish aren't held any more: ingest them again."
        )
    return [rows[each.revision.number] for each in listed]


def _named(listed: Sequence[Listed]) -> dict[str, Any]:
    return {
        "areas": sorted({each.revision.area for each in listed}),
        "numbers": [each.revision.number for each in listed],
    }


def _write(
    connection: Connection[Row],
    generation: str,
    listed: Sequence[Listed],
    held: Sequence[_Row],
    made: Made,
) -> None:
    connection.execute(
        "INSERT INTO generations"
        " (id, fingerprint, counts, areas, report, heading_words, text_words) VALUES"
        " (%(id)s, %(fingerprint)s, %(counts)s, %(areas)s, %(report)s, %(headings)s, %(texts)s)",
        {
            "id": generation,
            "fingerprint": made.fingerprint.model_dump_json(),
            "counts": _counts(held).model_dump_json(),
            "areas": json.dumps([area.model_dump(mode="json") for area in _by_name(made.areas)]),
            "report": json.dumps(made.report, ensure_ascii=True),
            "headings": sum(each.heading_words for each in held),
            "texts": sum(each.text_words for each in held),
        },
    )
    _copy(
        connection,
        "holdings (generation, number, area, revision, origin)",
        (
            (generation, number, *each.revision, each.origin.model_dump_json())
            for number, each in enumerate(listed)
        ),
    )
    _copy(
        connection,
        "parts (area, generation, part, document, plan, passages)",
        _parts(generation, held),
    )
    _count_terms(connection, generation)


def _counts(held: Sequence[_Row]) -> Counts:
    return Counts(
        documents=len(held),
        plans=sum(len(each.plans) for each in held),
        sections=sum(each.sections for each in held),
        passages=sum(part.passages for each in held for part in each.parts),
    )


def _copy(connection: Connection[Row], table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _parts(generation: str, held: Sequence[_Row]) -> Iterator[tuple[Any, ...]]:
    ordered = in_plan_order(plan for each in held for plan in each.plans)
    numbers = {plan.id: number for number, plan in enumerate(ordered)}
    for document, row in enumerate(held):
        for part in row.parts:
            plan = OUTSIDE if part.place == OUTSIDE else numbers[row.plans[part.place].id]
            yield part.area, generation, part.key, document, plan, part.passages


_TERMS = """
INSERT INTO terms (generation, term, headings, texts)
SELECT %(new)s, term, sum(headings), sum(texts) FROM (
    SELECT term, headings, texts FROM terms WHERE generation = %(old)s
    UNION ALL
    SELECT each.term, each.headings, each.texts
    FROM documents d, unnest(d.terms, d.term_headings, d.term_texts) each(term, headings, texts)
    WHERE d.revision = ANY(%(added)s)
    UNION ALL
    SELECT each.term, -each.headings, -each.texts
    FROM documents d, unnest(d.terms, d.term_headings, d.term_texts) each(term, headings, texts)
    WHERE d.revision = ANY(%(gone)s)
) counted GROUP BY term HAVING sum(headings) > 0 OR sum(texts) > 0
"""


def _count_terms(connection: Connection[Row], generation: str) -> None:
    """Counts in how many passages each word stands: those of the generation served, mended."""
    served = fetch(connection, "SELECT generation FROM served")
    old = served[0][0] if served else None
    before, after = (_revisions(connection, each) for each in (old, generation))
    connection.execute(
        _TERMS,
        {
            "new": generation,
            "old": old,
            "added": sorted(after - before),
            "gone": sorted(before - after),
        },
    )


def _revisions(connection: Connection[Row], generation: str | None) -> set[int]:
    found = fetch(
        connection,
        "SELECT revision FROM holdings WHERE generation = %(generation)s",
        {"generation": generation},
    )
    return {number for (number,) in found}


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
    _keep_only(connection, [generation, previous])


def _keep_only(connection: Connection[Row], kept: Sequence[str]) -> None:
    gone = fetch(
        connection, "SELECT id FROM generations WHERE id <> ALL(%(kept)s)", {"kept": list(kept)}
    )
    doomed = [name for (name,) in gone]
    candidates = fetch(
        connection,
        "SELECT DISTINCT area, revision FROM holdings WHERE generation = ANY(%(doomed)s)"
        " AND revision NOT IN (SELECT revision FROM holdings WHERE generation = ANY(%(kept)s))",
        {"doomed": doomed, "kept": list(kept)},
    )
    connection.execute("DELETE FROM parts WHERE generation = ANY(%(doomed)s)", {"doomed": doomed})
    connection.execute("DELETE FROM generations WHERE id = ANY(%(doomed)s)", {"doomed": doomed})
    remove_revisions(connection, [number for _, number in [*candidates, *_unclaimed(connection)]])


def _unclaimed(connection: Connection[Row]) -> list[Row]:
    held = {number for (number,) in fetch(connection, "SELECT revision FROM holdings")}
    old = fetch(
        connection,
        f"SELECT area, revision FROM documents WHERE kept < now() - interval '{_UNCLAIMED}'",
    )
    return [row for row in old if row[1] not in held]


def remove_revisions(connection: Connection[Row], numbers: Sequence[int]) -> None:
    """Removes all rows of these revisions, which no generation may hold."""
    values = {"numbers": list(numbers)}
    if not numbers:
        return
    found = fetch(
        connection,
        "SELECT revision, part_areas, terms FROM documents WHERE revision = ANY(%(numbers)s)",
        values,
    )
    # A posting is found by its term first; and a cluster joins no rows of different areas.
    for number, areas, terms in found:
        fields = [name + term for name in FIELDS for term in terms]
        connection.execute(
            "DELETE FROM postings WHERE revision = %(number)s AND area = ANY(%(areas)s)"
            " AND term = ANY(%(terms)s)",
            {"number": number, "areas": areas, "terms": fields},
        )
    for table in (*BY_AREA, "documents", "heads"):
        connection.execute(
            f"DELETE FROM {table} WHERE revision = ANY(%(numbers)s)",
            values,
        )

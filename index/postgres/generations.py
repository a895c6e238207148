"""A generation's own rows: which documents it holds, and what is counted over them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from psycopg import Connection

from corpus.models import Area, Origin, Plan
from index.errors import InconsistentCorpusError
from index.manifest import Counts, Fingerprint
from index.postgres.database import Database, Row, fetch
from index.postgres.revisions import OUTSIDE, Revision
from index.store import in_plan_order

_ID_CHARS = 16


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


def id_of(listed: Sequence[Listed], made: Made) -> str:
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


def is_there(connection: Connection[Row], generation: str) -> bool:
    """Whether a generation has been written."""
    asked = "SELECT 1 FROM generations WHERE id = %(id)s"
    return bool(fetch(connection, asked, {"id": generation}))


def write(
    connection: Connection[Row], generation: str, listed: Sequence[Listed], made: Made
) -> None:
    """Writes a generation of documents that are stored; nobody is served it yet.

    Raises:
        InconsistentCorpusError: one of them isn't held.
    """
    held = _documents(connection, listed)
    _insert(connection, generation, held, made)
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


def counted(database: Database, generation: str) -> Counts:
    """How many of each a generation has in fact; of passages, those that every table has."""
    # On a cluster, documents stand on other machines than heads and holdings.
    documents, plans = database.rows(
        "SELECT count(*), coalesce(sum(json_array_length(plans::json)), 0)"
        " FROM holdings JOIN heads USING (revision) WHERE generation = %(generation)s",
        {"generation": generation},
    )[0]
    held = database.rows(
        "SELECT area, revision FROM holdings WHERE generation = %(generation)s",
        {"generation": generation},
    )
    ((sections,),) = database.rows(
        "SELECT coalesce(sum(json_array_length(sections::json)), 0) FROM documents"
        " WHERE area = ANY(%(areas)s) AND revision = ANY(%(numbers)s)",
        {"areas": sorted({area for area, _ in held}), "numbers": [number for _, number in held]},
    )
    passages = [
        database.rows(
            f"SELECT count(*) FROM {table} x JOIN parts p ON p.area = x.area AND p.part = x.part"
            " WHERE p.generation = %(generation)s",
            {"generation": generation},
        )[0][0]
        for table in ("passages", "vectors", "words")
    ]
    return Counts(documents=documents, plans=plans, sections=sections, passages=min(passages))


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


def _insert(connection: Connection[Row], generation: str, held: Sequence[_Row], made: Made) -> None:
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

"""Removes generations that nobody is served any more, and documents that no generation holds."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from index.postgres.database import Row, fetch
from index.postgres.lexemes import FIELDS

_UNCLAIMED = "7 days"
"""For how long documents are kept that were stored and are in no generation."""

_BY_REVISION = ("passages", "vectors", "words", "sentences", "documents", "heads")
"""Tables whose rows are found by their revision."""


def keep_only(connection: Connection[Row], kept: Sequence[str]) -> None:
    """Removes all generations but these, and the documents that only the others hold."""
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
    _remove(connection, [number for _, number in [*candidates, *_unclaimed(connection)]])


def _unclaimed(connection: Connection[Row]) -> list[Row]:
    held = {number for (number,) in fetch(connection, "SELECT revision FROM holdings")}
    old = fetch(
        connection,
        f"SELECT area, revision FROM documents WHERE kept < now() - interval '{_UNCLAIMED}'",
    )
    return [row for row in old if row[1] not in held]


def _remove(connection: Connection[Row], numbers: Sequence[int]) -> None:
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
    for table in _BY_REVISION:
        connection.execute(
            f"DELETE FROM {table} WHERE revision = ANY(%(numbers)s)",
            values,
        )

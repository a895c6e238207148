"""Tables on a Citus cluster: by area, so that one node has all of an area and can answer for it."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

BY_AREA = ("documents", "parts", "passages", "vectors", "words", "postings")
"""Tables of which a node holds the rows of its areas; all others stay on the coordinator."""

_LOCK = 0x5AFE_0004
"""The advisory lock of whoever distributes."""


def distribute(connection: Connection[tuple[Any, ...]]) -> None:
    """Distributes what isn't distributed yet, rows and all; on a single server does nothing."""
    asked = "SELECT 1 FROM pg_extension WHERE extname = 'citus'"
    if connection.execute(asked).fetchone() is None:
        return
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    found = connection.execute("SELECT logicalrelid::text FROM pg_dist_partition").fetchall()
    done = {table for (table,) in found}
    for table in BY_AREA:
        if table not in done:
            beside = "default" if table == BY_AREA[0] else BY_AREA[0]
            connection.execute(
                "SELECT create_distributed_table(%s, 'area', colocate_with => %s)", (table, beside)
            )

"""Tables on a Citus cluster: by area, so that one node has all of an area and can answer for it."""

from __future__ import annotations

from psycopg import Connection

from index.postgres.database import Row, fetch

BY_AREA = ("documents", "parts", "passages", "vectors", "words", "postings")
"""Tables of which a node holds the rows of its areas; all others stay on the coordinator."""

_LOCK = 0x5AFE_0004
"""The advisory lock of whoever distributes."""


def distribute(connection: Connection[Row]) -> None:
    """Distributes what isn't distributed yet, rows and all; on a single server does nothing."""
    if not fetch(connection, "SELECT 1 FROM pg_extension WHERE extname = 'citus'"):
        return
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    found = fetch(connection, "SELECT logicalrelid::text FROM pg_dist_partition")
    done = {table for (table,) in found}
    for table in BY_AREA:
        if table not in done:
            beside = "default" if table == BY_AREA[0] else BY_AREA[0]
            connection.execute(
                "SELECT create_distributed_table(%s, 'area', colocate_with => %s)", (table, beside)
            )

"""Tables on a Citus cluster: by area, so that one node has all of an area and can answer for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psycopg import Connection

BY_AREA = ("documents", "parts", "passages", "vectors", "words", "sentences", "postings")
"""Tables of which a node holds the rows of its areas; all others stay on the coordinator."""

_LOCK = 0x5AFE_0004
"""The advisory lock of whoever distributes."""


def distribute(connection: Connection[tuple[Any, ...]]) -> None:
    """Distributes what isn't distributed yet, rows and all; on a single server does nothing."""
    if not _is_cluster(connection):
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


_LOST = """
WITH lost AS MATERIALIZED (
    SELECT groupid FROM pg_dist_node
    WHERE noderole = 'primary' AND NOT citus_check_connection_to_node(nodename, nodeport)
)
SELECT area FROM unnest(%(areas)s::text[]) area WHERE EXISTS (
    SELECT 1 FROM pg_dist_placement JOIN lost USING (groupid)
    WHERE shardid = get_shard_id_for_distribution_column('documents', area)
)
"""


def lost_areas(connection: Connection[tuple[Any, ...]], areas: Iterable[str]) -> frozenset[str]:
    """Those of the areas whose node can't be reached; none on a single server."""
    if not _is_cluster(connection):
        return frozenset()
    found = connection.execute(_LOST, {"areas": sorted(areas)}).fetchall()
    return frozenset(area for (area,) in found)


def _is_cluster(connection: Connection[tuple[Any, ...]]) -> bool:
    asked = "SELECT 1 FROM pg_extension WHERE extname = 'citus'"
    return connection.execute(asked).fetchone() is not None

"""Passages by their meaning: cosines of half-precision vectors with a question in single precision.

pgvector compares halves with halves. A question is the sum of two, the nearest half and what that
lacks, so that nothing of it is lost and no vector held is converted, which takes twice as long.

Boards, and searches of up to `EXACT_ROWS` passages, compare every vector in scope. Beyond, a search
walks the HNSW index on and on till it has its candidates, and their true cosines are taken then.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.postgres.asking import (
    ROW,
    Found,
    conditions,
    held_in,
    in_areas,
    keyed,
    matching,
    part_conditions,
    values,
)
from index.postgres.catalogue import Within
from index.postgres.database import Row, fetch
from index.postgres.lexemes import ALWAYS
from index.postgres.reading import Reading

CANDIDATES = 1_000
"""As in `index.engine`: the most that a search by meaning ranks, and that each side brings."""

EXACT_ROWS = 20_000
"""Up to so many passages in scope, each is compared. A walk takes as long as comparing 10,000."""

_WIDTH = CANDIDATES
"""Candidates that the walk of the index holds at once: all, since to resume it takes longer."""
_MOST_WALKED = 200_000
"""Vectors that a walk may look at, where a scope or a demand leaves most of them out."""

_WALK = (
    "hnsw.iterative_scan = strict_order",
    f"hnsw.ef_search = {_WIDTH}",
    f"hnsw.max_scan_tuples = {_MOST_WALKED}",
    # Step by step, each neighbour is looked up among the parts, and the walk ends with the last one
    # wanted. A planner that takes the walk for cheap would make it to the end and sort.
    "enable_hashjoin = off",
    "enable_mergejoin = off",
    "enable_sort = off",
)
"""Settings of a walk, for its transaction only."""

_FINER = 2048.0
"""By how much the second half of a question is enlarged: a half has eleven bits."""
_COSINE = (
    f"-((x.embedding <#> %(vector)s::halfvec) + (x.embedding <#> %(lacking)s::halfvec) / {_FINER})"
)


@dataclass(frozen=True)
class Asked:
    """A search by meaning: which passages, and near to what. `query` is a tsquery or `ALWAYS`."""

    reading: Reading
    within: Within
    query: str
    vector: NDArray[np.float32]


def in_halves(vector: NDArray[np.float32]) -> Mapping[str, str]:
    """A question as two vectors of halves, as pgvector reads them: all its bits but two."""
    half = vector.astype(np.float16).astype(np.float32)
    lacking = ((vector - half) * np.float32(_FINER)).astype(np.float16)
    return {"vector": json.dumps(half.tolist()), "lacking": json.dumps(lacking.tolist())}


def per_plan(within: Within) -> str:
    """The `%(limit)s` rows of each plan nearest to a question, plan by plan, best first."""
    best = (
        f"SELECT x.area, x.revision, x.ordinal, {_COSINE} AS score FROM vectors x"
        f" WHERE x.area = p.area AND x.part = p.part AND {in_areas(within)}"
        " ORDER BY score DESC, x.ordinal LIMIT %(limit)s"
    )
    return (
        "SELECT p.document, x.ordinal, p.plan, x.area, x.revision, x.score"
        f" FROM parts p CROSS JOIN LATERAL ({best}) x WHERE {part_conditions(within)}"
        " ORDER BY p.plan, x.score DESC, x.ordinal"
    )


def candidates(asked: Asked, limit: int) -> dict[Found, float]:
    """The `limit` rows nearest in meaning, or nearly so, with their true cosines."""
    if asked.reading.catalogue.passages_in(asked.within) <= EXACT_ROWS:
        return compared(asked, limit)
    return walked(asked, limit)


def compared(asked: Asked, limit: int) -> dict[Found, float]:
    """The `limit` rows nearest in meaning, every one compared."""
    return _scored(asked.reading.rows(_exact(asked), _given(asked, limit)))


def walked(asked: Asked, limit: int) -> dict[Found, float]:
    """The `limit` rows that a walk of the index of neighbours finds nearest."""
    with asked.reading.transaction() as connection:
        if asked.reading.catalogue.distributed:
            connection.execute("SET LOCAL citus.propagate_set_commands = local")
        for setting in _WALK:
            connection.execute(f"SET LOCAL {setting}")
        return _scored(fetch(connection, _walked(asked), _given(asked, limit)))


def _given(asked: Asked, limit: int) -> Mapping[str, Any]:
    return values(
        asked.reading.catalogue,
        asked.within,
        **in_halves(asked.vector),
        query=asked.query,
        limit=limit,
    )


def cosines(asked: Asked, rows: Sequence[Found]) -> dict[Found, float]:
    """The true cosines of these rows."""
    join, given = keyed([(row.area, row.revision, row.ordinal) for row in rows])
    query = f"SELECT {ROW}, {_COSINE} FROM {held_in('vectors', conditions(asked.within), join)}"
    given = values(asked.reading.catalogue, asked.within, **in_halves(asked.vector), **given)
    return _scored(asked.reading.rows(query, given))


def _scored(rows: Sequence[Row]) -> dict[Found, float]:
    return {Found(*row[:5]): row[5] for row in rows}


def _demanded(query: str) -> str:
    """The condition that a row of `vectors` belongs to a passage that matches a tsquery."""
    if query == ALWAYS:
        return ""
    return (
        " AND EXISTS (SELECT 1 FROM words w WHERE w.area = x.area AND w.revision = x.revision"
        f" AND w.ordinal = x.ordinal{matching(query).replace('x.tokens', 'w.tokens')})"
    )


def _exact(asked: Asked) -> str:
    where = conditions(asked.within) + _demanded(asked.query)
    return (
        f"SELECT {ROW}, {_COSINE} AS score FROM {held_in('vectors', where)}"
        " ORDER BY score DESC, p.document, x.ordinal LIMIT %(limit)s"
    )


def _walked(asked: Asked) -> str:
    dimension = asked.reading.catalogue.fingerprint.dimension
    where = (
        f"vector_dims(x.embedding) = {dimension} AND {conditions(asked.within)}"
        f"{_demanded(asked.query)}"
    )
    return (
        f"SELECT {ROW}, {_COSINE} FROM {held_in('vectors', where)}"
        f" ORDER BY x.embedding::halfvec({dimension}) <#> %(vector)s::halfvec({dimension})"
        " LIMIT %(limit)s"
    )

"""SQL in parts: what every question to the tables of passages has in common.

A row of a passage belongs to a generation through its part, so each query joins `parts`. On a
cluster it joins by the area too, so that all of it runs where the rows stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from index.postgres.catalogue import Catalogue, Within
from index.postgres.lexemes import ALWAYS, any_of

ROW = "p.document, x.ordinal, p.plan, x.area, x.revision"
"""What identifies a passage, as `Found` has it; the first two are the reading order."""
COLUMNS = "document, ordinal, plan, area, revision"

PARTS = "JOIN parts p ON p.part = x.part"
"""Joins the part of each row."""


class Found(NamedTuple):
    """A passage that was found."""

    document: int
    ordinal: int
    plan: int
    area: str
    revision: int


def held_in(table: str, asked: str, join: str = "") -> str:
    """The rows of a table, as `x`, with their parts, as `p`, that a scope keeps.

    `asked` are conditions, from `conditions`; `join` may keep fewer, from `keyed`.
    """
    return f"{table} x {join} {PARTS} WHERE {asked}"


def keyed(rows: Sequence[tuple[str, int, int]]) -> tuple[str, Mapping[str, Any]]:
    """A join that keeps of a table, as `x`, these rows of passages, and its values.

    Each row is an area, a revision and an ordinal.
    """
    homes, revisions, ordinals = map(list, zip(*rows, strict=True))
    join = (
        "JOIN unnest(%(homes)s::text[], %(numbers)s::bigint[], %(ordinals)s::int[])"
        " asked(area, revision, ordinal)"
        " ON x.area = asked.area AND x.revision = asked.revision AND x.ordinal = asked.ordinal"
    )
    return join, {"homes": homes, "numbers": revisions, "ordinals": ordinals}


def conditions(within: Within) -> str:
    """What a row and its part must meet to be in a generation and a scope."""
    asked = [*_of_part(within)]
    if within.distributed:
        asked.append("p.area = x.area")
    if within.areas is not None:
        asked.append(in_areas(within))
        if within.distributed and len(within.areas) > 1:
            # Both rows must say it, or nodes are asked that have none of these areas.
            asked.append(in_areas(within, "p"))
    if within.revisions is not None:
        asked.append("x.revision = ANY(%(revisions)s)")
    return " AND ".join(asked)


def part_conditions(within: Within) -> str:
    """What a part must meet to be in a generation and a scope."""
    of_area = [] if within.areas is None else [in_areas(within, "p")]
    return " AND ".join([*_of_part(within), *of_area])


def _of_part(within: Within) -> Iterator[str]:
    yield "p.generation = %(generation)s"
    if within.plans is not None:
        yield "p.plan = ANY(%(plans)s)"
    if within.documents is not None:
        yield "p.document = ANY(%(documents)s)"


def in_areas(within: Within, row: str = "x") -> str:
    """The condition that a row stands under one of a scope's areas, where it has few."""
    if within.areas is None:
        return "true"
    # One area is one node's question, which a plain equality says.
    several = f"{row}.area = ANY(%(areas)s)"
    return {0: "false", 1: f"{row}.area = %(area)s"}.get(len(within.areas), several)


def values(catalogue: Catalogue, within: Within, **others: Any) -> Mapping[str, Any]:
    """The values that `conditions` asks for, and more."""
    return {
        "generation": catalogue.generation,
        "area": within.areas[0] if within.areas else None,
        "areas": within.areas,
        "plans": within.plans,
        "documents": within.documents,
        "revisions": within.revisions,
        **others,
    }


def matching(query: str, name: str = "query") -> str:
    """The condition that a row of `words` matches a tsquery, with ` AND ` before it."""
    return "" if query == ALWAYS else f" AND x.tokens @@ %({name})s::tsquery"


def matching_any(queries: Sequence[str], *, few: bool) -> tuple[str, dict[str, str]]:
    """The condition that a row matches any of these tsqueries, with ` AND ` before it; its values.

    Each is looked up by itself, since an index of words takes the alternatives of one query for one
    thing, and weighs every row that has any of their words. In a `few` rows none is looked up.
    """
    if ALWAYS in queries:
        return "", {}
    if few:
        # As a function the operator isn't looked up in an index.
        return " AND ts_match_vq(x.tokens, %(query)s::tsquery)", {"query": any_of(queries)}
    names = {f"query{number}": query for number, query in enumerate(queries)}
    return f" AND ({' OR '.join(f'x.tokens @@ %({name})s::tsquery' for name in names)})", names

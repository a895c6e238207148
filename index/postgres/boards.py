"""What a board asks of every plan at once: which sentences can say a topic, and what is nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.retrieval import Alternatives, Found, Scope
from index.postgres import nearest
from index.postgres.asking import conditions, held_in, in_areas, keyed, matching_any, values
from index.postgres.catalogue import Catalogue, Within
from index.postgres.database import Row
from index.postgres.lexemes import NEVER, tsquery_of_stems
from index.postgres.lines import SIZES, Columns, Sizes, from_columns
from index.postgres.reading import Reading

_FEW = 1_000
"""Passages in scope up to which each sentence is looked at; so many take as long as a look-up."""

_NUMBERS = ("x.ordinal", "x.at", "x.prominence", *SIZES)
_ROW = np.dtype([("part", ">i8"), ("numbers", ">i4", (len(_NUMBERS),))])
_SENT = " || ".join(["int8send(x.part)", *(f"int4send(({each})::int)" for each in _NUMBERS)])
_COLUMNS = (_SENT, *(f"x.{name}" for name in Columns._fields))
_READ = ", ".join(f"string_agg({each}, '')" for each in _COLUMNS)
"""Sentences, all of an area in one row: each as a row takes longer to hand over than to find."""


class Boards:
    """Reads what boards are made of. Safe to share between threads."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._catalogue = reading.catalogue

    def sentences(self, alone: Alternatives, leaning: Alternatives, scope: Scope) -> Found:
        """Every sentence in scope that meets all clauses of at least one alternative.

        Those of `alone` have to be met in the sentence, those of `leaning` there or in the headings
        above it.
        """
        queries = [tsquery_of_stems([each], "D") for each in alone]
        queries += [tsquery_of_stems([each]) for each in leaning]
        distinct = [query for query in dict.fromkeys(queries) if query != NEVER]
        within = self._catalogue.within(scope)
        if not distinct:
            return _found(self._catalogue, [])
        few = self._catalogue.passages_in(within) <= _FEW
        asked, given = matching_any(distinct, few=few)
        return self._found(held_in("sentences", conditions(within) + asked), within, given)

    def whole(self, places: Sequence[int]) -> Found:
        """All sentences of the passages at these places, which are distinct, in their order."""
        if not places:
            return _found(self._catalogue, [])
        within, rows = self._catalogue.keyed(self._catalogue.keys(places))
        join, given = keyed(rows)
        found = self._found(f"sentences x {join} WHERE {in_areas(within)}", within, given)
        order = {place: number for number, place in enumerate(places)}
        wanted = np.array([order[place] for place in found.places.tolist()], dtype=np.int64)
        return found.those(np.lexsort((found.at, wanted)))

    def nearest(
        self, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> tuple[Sequence[int], list[Row]]:
        """The numbers of the plans in scope, and the rows of their nearest passages."""
        plans = self._catalogue.plans_in(scope)
        everything = self._catalogue.everything
        asked = self._catalogue.within_plans(plans, everything, outside=False)
        within = self._catalogue.reached(asked)
        given = nearest.in_halves(vector)
        return plans, self._reading.rows(
            nearest.per_plan(within), values(self._catalogue, within, limit=limit, **given)
        )

    def _found(self, held: str, within: Within, given: Mapping[str, Any]) -> Found:
        """The sentences of these rows, in reading order."""
        query = f"SELECT {_READ} FROM {held} GROUP BY x.area"
        rows = self._reading.rows(query, values(self._catalogue, within, **given))
        return _found(self._catalogue, rows)


def _found(catalogue: Catalogue, rows: Sequence[Row]) -> Found:
    places = range(len(_COLUMNS))
    sent, *columns = (b"".join(row[place] for row in rows) for place in places)
    held = np.frombuffer(sent, _ROW)
    document, plan = catalogue.of_parts(held["part"].astype(np.int64))
    ordinal, at, prominence, *sizes = held["numbers"].astype(np.int64).T
    found = Found(
        catalogue.first_places[document] + ordinal,
        at,
        plan.astype(np.int32),
        prominence.astype(np.uint8),
        from_columns(Columns(*columns), Sizes(*sizes)),
    )
    return found.those(np.lexsort((at, found.places)))

"""What a generation is made of, in memory: documents, plans, areas, and the sizes of its parts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

from corpus.models import Area, Document, Origin, Plan
from corpus.retrieval import Scope
from index.errors import BrokenGenerationError, NoGenerationError
from index.manifest import Counts, Fingerprint
from index.postgres.database import Database, Row, fetch
from index.postgres.revisions import NO_AREA, OUTSIDE, Revision
from index.store import in_plan_order

_FEW_AREAS = 64
"""Areas by which rows are looked for; more stand on all nodes, and are told by their plans."""

Key = tuple[int, int]
"""A passage's revision and its place in it, which name it for ever."""


class Part(NamedTuple):
    """The passages of one document that belong to one plan, or to none: their numbers and count.

    `key` is what their rows bear.
    """

    document: int
    plan: int
    passages: int
    key: int


class Within(NamedTuple):
    """A scope in numbers; None keeps all.

    `areas`, where they are few, and `revisions` are those that its rows have, by which they are
    found. `distributed` is whether they stand on several machines.
    """

    plans: list[int] | None = None
    documents: list[int] | None = None
    areas: list[str] | None = None
    revisions: list[int] | None = None
    distributed: bool = False


@dataclass(frozen=True)
class Catalogue:
    """One generation as it was published."""

    generation: str
    fingerprint: Fingerprint
    counts: Counts
    areas: tuple[Area, ...]
    documents: tuple[Document, ...]
    revisions: tuple[Revision, ...]
    origins: Mapping[str, Origin]
    plans: tuple[Plan, ...]
    parts: tuple[Part, ...]
    heading_words: int
    text_words: int
    distributed: bool
    lost: frozenset[str] = frozenset()
    """Areas whose rows can't be reached."""

    @cached_property
    def everything(self) -> Within:
        """The scope of all that is held."""
        return Within(distributed=self.distributed)

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """The number of each document, by its id."""
        return {document.id: number for number, document in enumerate(self.documents)}

    @cached_property
    def areas_of(self) -> Mapping[int, frozenset[str]]:
        """The areas that the passages of each revision stand under, by its number."""
        areas: dict[int, set[str]] = defaultdict(set)
        for part in self.parts:
            area = NO_AREA if part.plan == OUTSIDE else self.plans[part.plan].area
            areas[self.revisions[part.document].number].add(area)
        return {revision: frozenset(held - self.lost) for revision, held in areas.items()}

    @cached_property
    def first_places(self) -> NDArray[np.int64]:
        """The place of each document's first passage among all, by its number."""
        sizes = np.zeros(len(self.documents), dtype=np.int64)
        for part in self.parts:
            sizes[part.document] += part.passages
        first: NDArray[np.int64] = np.cumsum(sizes) - sizes
        return first

    def of_parts(self, keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The numbers of the documents and plans of these parts, which are of this generation."""
        held, documents, plans = self._parts_by_key
        at = np.searchsorted(held, keys)
        return documents[at], plans[at]

    @cached_property
    def _parts_by_key(self) -> NDArray[np.int64]:
        """Keys ascending, and the documents and plans beside them; shape (3, parts)."""
        columns = [(part.key, part.document, part.plan) for part in self.parts]
        by_part = np.array(columns, dtype=np.int64).reshape(-1, 3).T
        ascending: NDArray[np.int64] = by_part[:, np.argsort(by_part[0])]
        return ascending

    def keys(self, places: Sequence[int]) -> list[Key]:
        """What names the passages at these places."""
        first = self.first_places
        # Of documents that begin at one place, the last has it: those before it are empty.
        documents = np.searchsorted(first, np.asarray(places, dtype=np.int64), side="right") - 1
        return [
            (self.revisions[document].number, int(place - first[document]))
            for place, document in zip(places, documents.tolist(), strict=True)
        ]

    def keyed(self, keys: Sequence[Key]) -> tuple[Within, list[tuple[str, int, int]]]:
        """Where the rows of these passages may stand: the scope, and each with its area.

        In which area of its document a passage stands isn't known here; most documents have one.
        """
        rows = [(area, *key) for key in keys for area in self.areas_of[key[0]]]
        return self.reached(self.everything._replace(areas=_few(area for area, *_ in rows))), rows

    def plans_in(self, scope: Scope) -> list[int]:
        """The numbers of the plans in a scope."""
        if scope.areas is None:
            return [number for number, plan in enumerate(self.plans) if scope.admits(plan)]
        among = sorted(number for area in scope.areas for number in self._plans_of.get(area, ()))
        return [number for number in among if scope.admits(self.plans[number])]

    @cached_property
    def _plans_of(self) -> Mapping[str, list[int]]:
        """The numbers of the plans of each area."""
        plans: dict[str, list[int]] = defaultdict(list)
        for number, plan in enumerate(self.plans):
            plans[plan.area].append(number)
        return plans

    def without(self, lost: frozenset[str]) -> Catalogue:
        """The same, but that nothing is asked of these areas, and none of their plans is read."""
        unread = {"read_whole": False}
        plans = tuple(
            plan.model_copy(update=unread) if plan.area in lost else plan for plan in self.plans
        )
        return replace(self, plans=plans, lost=self.lost | lost)

    def every_area(self) -> set[str]:
        """The areas that rows stand under."""
        return {NO_AREA, *(plan.area for plan in self.plans)}

    def within(self, scope: Scope) -> Within:
        """A scope in numbers; without the areas that are lost."""
        return self.reached(self._within(scope))

    def reached(self, within: Within) -> Within:
        """What of a scope isn't lost."""
        if not self.lost:
            return within
        asked = self.every_area() if within.areas is None else set(within.areas)
        return within._replace(areas=sorted(asked - self.lost))

    def _within(self, scope: Scope) -> Within:
        within = self.everything
        if scope.documents is not None:
            within = self.within_documents(scope.documents)
        if not scope.restricted and scope.outside_plans is None:
            return within
        return self.within_plans(self.plans_in(scope), within, outside=scope.sees_outside_plans)

    def within_documents(self, ids: Collection[str]) -> Within:
        """The scope of these documents; ids that aren't known are passed over."""
        numbers = [self.number_of[name] for name in sorted(ids) if name in self.number_of]
        plans = {part.plan for part in self.parts if part.document in numbers}
        areas = {NO_AREA if plan == OUTSIDE else self.plans[plan].area for plan in plans}
        return Within(
            documents=numbers,
            areas=_few(areas),
            revisions=[self.revisions[number].number for number in numbers],
            distributed=self.distributed,
        )

    def within_plans(self, plans: Sequence[int], within: Within, *, outside: bool) -> Within:
        """What of a scope lies in these plans, and outside every plan too if so wanted."""
        areas = {self.plans[number].area for number in plans}
        return within._replace(
            plans=[*plans, *([OUTSIDE] if outside else [])],
            areas=_few([*areas, *([NO_AREA] if outside else [])]),
        )

    def passages_in(self, within: Within) -> int:
        """How many passages a scope has."""
        plans = None if within.plans is None else frozenset(within.plans)
        documents = None if within.documents is None else frozenset(within.documents)
        return sum(
            part.passages
            for part in self.parts
            if (plans is None or part.plan in plans)
            and (documents is None or part.document in documents)
        )


def _few(areas: Iterable[str]) -> list[str] | None:
    """Areas as a scope has them: sorted, and none where they are many."""
    distinct = sorted(set(areas))
    return distinct if len(distinct) <= _FEW_AREAS else None


def read(database: Database) -> Catalogue:
    """The generation that is served, all of it at one moment.

    Raises:
        NoGenerationError: nothing is published here.
        BrokenGenerationError: documents of it are missing.
        DatabaseError: the database can't be used.
    """
    with database.transaction() as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = fetch(
            connection,
            "SELECT id, fingerprint, counts, areas, heading_words, text_words"
            " FROM generations JOIN served ON generation = id",
        )
        if not found:
            raise NoGenerationError(
                f"There is no index in {database.name} yet: run `saferplans ingest` on your "
                f"documents."
            )
        return _catalogue(connection, found[0], database.name)


def _catalogue(connection: Connection[Row], row: Row, place: str) -> Catalogue:
    generation, fingerprint, counts, areas, heading_words, text_words = row
    values = {"generation": generation}
    listed = fetch(
        connection,
        "SELECT area, revision, origin FROM holdings WHERE generation = %(generation)s"
        " ORDER BY number",
        values,
    )
    bodies = _bodies(connection, listed)
    missing = [revision for _, revision, _ in listed if revision not in bodies]
    if missing:
        raise BrokenGenerationError(
            f"The index in {place} is damaged ({len(missing)} documents are missing): "
            f"run `saferplans ingest` on your documents again."
        )
    documents = tuple(
        Document.model_validate_json(bodies[revision][0]) for _, revision, _ in listed
    )
    plans = (
        Plan.model_validate(plan)
        for _, revision, _ in listed
        for plan in json.loads(bodies[revision][1])
    )
    parts = fetch(
        connection,
        "SELECT document, plan, passages, part FROM parts WHERE generation = %(generation)s",
        values,
    )
    return Catalogue(
        generation=generation,
        fingerprint=Fingerprint.model_validate_json(fingerprint),
        counts=Counts.model_validate_json(counts),
        areas=tuple(map(Area.model_validate, json.loads(areas))),
        documents=documents,
        revisions=tuple(Revision(area, revision) for area, revision, _ in listed),
        origins={
            document.id: Origin.model_validate_json(origin)
            for document, (_, _, origin) in zip(documents, listed, strict=True)
        },
        plans=in_plan_order(plans),
        parts=tuple(map(Part._make, parts)),
        heading_words=heading_words,
        text_words=text_words,
        distributed=bool(fetch(connection, "SELECT 1 FROM pg_extension WHERE extname = 'citus'")),
    )


def _bodies(connection: Connection[Row], listed: list[Row]) -> dict[int, tuple[str, str]]:
    """Documents and plans, as JSON, by revision."""
    found = fetch(
        connection,
        "SELECT revision, body, plans FROM heads WHERE revision = ANY(%(numbers)s)",
        {"numbers": [revision for _, revision, _ in listed]},
    )
    return {revision: (body, plans) for revision, body, plans in found}

"""Passages by where they stand, the recent ones kept: a revision's passages never change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from threading import Lock
from typing import Any

from corpus.models import Passage
from index.postgres.database import Row

Key = tuple[int, int]
"""A passage's revision and its place in it, which name it for ever."""

_KEPT = 10_000
"""Decoded passages kept in memory: about 40 MB of them at 4 KB each."""

_BODIES = """
SELECT x.revision, x.ordinal, x.body FROM passages x
JOIN unnest(%(areas)s::text[], %(revisions)s::bigint[], %(ordinals)s::int[])
    asked(area, revision, ordinal)
ON x.area = asked.area AND x.revision = asked.revision AND x.ordinal = asked.ordinal
"""
# No more nodes of a cluster are asked than have these areas.
_OF_AREA, _OF_AREAS = "WHERE x.area = %(area)s", "WHERE x.area = ANY(%(among)s)"


class Passages:
    """Reads passages. Safe to share between threads."""

    def __init__(
        self,
        rows: Callable[[str, Mapping[str, Any]], list[Row]],
        areas: Callable[[int], Collection[str]],
    ) -> None:
        self._rows = rows
        self._areas = areas
        self._kept: dict[Key, Passage] = {}
        self._lock = Lock()

    def read(self, wanted: Sequence[Key]) -> tuple[Passage, ...]:
        """These passages, in the same order; one query for those that aren't kept."""
        with self._lock:
            held = {key: self._kept[key] for key in wanted if key in self._kept}
        missing = [key for key in dict.fromkeys(wanted) if key not in held]
        if missing:
            fresh = self._asked(missing)
            held |= fresh
            self._keep(fresh)
        return tuple(held[key] for key in wanted)

    def _asked(self, missing: Sequence[Key]) -> dict[Key, Passage]:
        # In which area of its document a passage stands isn't known here; most documents have one.
        asked = [(area, *key) for key in missing for area in self._areas(key[0])]
        areas, revisions, ordinals = map(list, zip(*asked, strict=True))
        among = sorted(set(areas))
        found = self._rows(
            _BODIES + (_OF_AREA if len(among) == 1 else _OF_AREAS),
            {
                "area": among[0],
                "among": among,
                "areas": areas,
                "revisions": revisions,
                "ordinals": ordinals,
            },
        )
        return {
            (revision, ordinal): Passage.model_validate_json(body)
            for revision, ordinal, body in found
        }

    def _keep(self, fresh: Mapping[Key, Passage]) -> None:
        with self._lock:
            self._kept.update(fresh)
            # The oldest go: a dictionary keeps the order in which its keys came.
            for key in list(self._kept)[: max(0, len(self._kept) - _KEPT)]:
                del self._kept[key]

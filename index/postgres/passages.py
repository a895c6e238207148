"""Passages by where they stand or by what they hold, the recent ones kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import NamedTuple

from corpus.models import Passage
from corpus.retrieval import Neighbours
from index.postgres.asking import Found, conditions, held_in, in_areas, keyed, matching, values
from index.postgres.catalogue import Key, Within
from index.postgres.lexemes import NEVER
from index.postgres.reading import Reading

_KEPT = 10_000
"""Decoded passages kept in memory: about 40 MB of them at 4 KB each."""


class _Held(NamedTuple):
    """A passage, and what stands before and after it."""

    passage: Passage
    around: Neighbours


class Passages:
    """Reads passages. Safe to share between threads."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._kept: dict[Key, _Held] = {}
        self._keys: dict[str, Key] = {}
        """Of those kept, by the passage's id."""
        self._lock = Lock()

    def at(self, places: Sequence[int]) -> tuple[Passage, ...]:
        """The passages at these places, in their order."""
        return self._read(self._reading.catalogue.keys(places))

    def of(self, found: Iterable[Found]) -> tuple[Passage, ...]:
        """The passages that were found, in their order."""
        return self._read([(row.revision, row.ordinal) for row in found])

    def matching(self, query: str, within: Within) -> tuple[Passage, ...]:
        """Every passage that matches a tsquery, in reading order."""
        if query == NEVER:
            return ()
        asked = conditions(within) + matching(query)
        found = self._reading.rows(
            "SELECT x.revision, x.ordinal"
            f" FROM {held_in('words', asked)} ORDER BY p.document, x.ordinal",
            values(self._reading.catalogue, within, query=query),
        )
        return self._read(found)

    def by_id(self, passage_id: str) -> Passage | None:
        """One passage, or None."""
        within = self._holding([passage_id])
        asked = f"{conditions(within)} AND x.id = %(id)s"
        found = self._reading.rows(
            f"SELECT x.revision, x.ordinal FROM {held_in('passages', asked)}",
            values(self._reading.catalogue, within, id=passage_id),
        )
        return self._read(found)[0] if found else None

    def neighbours(self, passage_ids: Sequence[str]) -> Mapping[str, Neighbours]:
        """By id, which passages stand before and after each; unknown ones are left out."""
        with self._lock:
            keys = {name: self._keys[name] for name in passage_ids if name in self._keys}
            kept = {name: self._kept[key].around for name, key in keys.items()}
        missing = [name for name in passage_ids if name not in kept]
        if not missing:
            return kept
        within = self._holding(missing)
        asked = f"{conditions(within)} AND x.id = ANY(%(ids)s)"
        found = self._reading.rows(
            f"SELECT x.id, x.previous, x.next FROM {held_in('passages', asked)}",
            values(self._reading.catalogue, within, ids=missing),
        )
        return kept | {name: Neighbours(*around) for name, *around in found}

    def _holding(self, passage_ids: Iterable[str]) -> Within:
        """Where these passages stand, if they are held; an id begins with its document's.

        Everywhere, where one doesn't.
        """
        catalogue = self._reading.catalogue
        names = {name.partition(".")[0] for name in passage_ids}
        if not names <= catalogue.number_of.keys():
            return catalogue.everything
        return catalogue.within_documents(names)

    def _read(self, wanted: Sequence[Key]) -> tuple[Passage, ...]:
        """These passages, in the same order; one query for those that aren't kept."""
        with self._lock:
            held = {key: self._kept[key] for key in wanted if key in self._kept}
        missing = [key for key in dict.fromkeys(wanted) if key not in held]
        if missing:
            fresh = self._asked(missing)
            held |= fresh
            self._keep(fresh)
        return tuple(held[key].passage for key in wanted)

    def _asked(self, missing: Sequence[Key]) -> dict[Key, _Held]:
        within, rows = self._reading.catalogue.keyed(missing)
        join, given = keyed(rows)
        found = self._reading.rows(
            "SELECT x.revision, x.ordinal, x.body, x.previous, x.next"
            f" FROM passages x {join} WHERE {in_areas(within)}",
            values(self._reading.catalogue, within, **given),
        )
        return {
            (revision, ordinal): _Held(Passage.model_validate_json(body), Neighbours(*around))
            for revision, ordinal, body, *around in found
        }

    def _keep(self, fresh: Mapping[Key, _Held]) -> None:
        with self._lock:
            self._kept.update(fresh)
            self._keys.update((held.passage.id, key) for key, held in fresh.items())
            # The oldest go: a dictionary keeps the order in which its keys came.
            for key in list(self._kept)[: max(0, len(self._kept) - _KEPT)]:
                del self._keys[self._kept.pop(key).passage.id]

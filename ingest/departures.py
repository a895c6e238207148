"""Documents that were held and whose files weren't met again: which stay, and why others don't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.models import Origin, Place
from ingest.look import Look
from ingest.twins import Held


@dataclass(slots=True)
class Departures:
    """What becomes of documents that no file given has the bytes of, with names for the report.

    `read` are the paths of files that were read, `new_names` names of documents not held before.
    """

    look: Look
    read: frozenset[str]
    new_names: frozenset[str]
    prune: bool
    replaced: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def settled(self, held: Held) -> Held | None:
        """The document as it stays, or None.

        It is replaced where other bytes were read at all its places; or where none of its places is
        there any more and a new document has its name. Only `prune` takes one away whose file is
        gone.
        """
        places = held.origin.places
        left = [place for place in places if place.path not in self.read]
        name = held.document.source
        given_up = name in self.new_names and not any(map(self.look.is_there, left))
        if (places and not left) or given_up:
            self.replaced.append(name)
            return None
        if left and all(map(self.look.gone, left)):
            return self._gone(held, [place.name for place in left])
        return _at(held, [place for place in left if not self.look.gone(place)])

    def _gone(self, held: Held, names: Sequence[str]) -> Held | None:
        if self.prune:
            self.removed += names
            return None
        self.gone += names
        return held


def _at(held: Held, places: Sequence[Place]) -> Held:
    """The document, named by the places that are left."""
    if tuple(places) == held.origin.places:
        return held
    named = {"source": places[0].name, "copies": tuple(place.name for place in places[1:])}
    return Held(
        document=held.document.model_copy(update=named),
        origin=Origin(places=tuple(places), key=held.origin.key),
    )

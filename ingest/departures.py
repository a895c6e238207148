"""Documents that were held and whose files weren't met again: which stay, and why others don't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.models import Origin, Place
from ingest.sources import Sources, is_there
from ingest.twins import Held


@dataclass(frozen=True)
class Look:
    """What an ingest saw of the places where files stand."""

    given: frozenset[str]
    closed: tuple[Path, ...]
    folders: tuple[Path, ...]

    @classmethod
    def at(cls, files: Sources, closed: Iterable[str]) -> Look:
        """The look at these files and folders; of what is `closed` nothing was seen inside."""
        given = frozenset(source.place.path for source in files.files)
        return cls(given, tuple(map(Path, closed)), files.folders)

    def gone(self, place: Place) -> bool:
        """Whether a folder that was looked through has no file at this place."""
        path = Path(place.path)
        return (
            place.path not in self.given
            and any(path.is_relative_to(folder) for folder in self.folders)
            and not any(path.is_relative_to(folder) for folder in self.closed)
        )

    def stands(self, place: Place) -> bool:
        """Whether a file that wasn't given stands at this place, for all that can be seen."""
        return place.path not in self.given and not self.gone(place) and is_there(place)


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
        if (places and not left) or (name in self.new_names and not any(map(is_there, left))):
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

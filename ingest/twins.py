"""Files of the same bytes: one document, whatever its names, held before or not."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from corpus.catalogue import Catalogue
from corpus.ids import document_id
from corpus.models import Document, Frozen, Origin, ParsedDocument, Place, ReadStatus
from ingest.errors import CatalogueMismatchError, IngestError, UnreadableError
from ingest.parsing import Parsed, parse_key, unread
from ingest.report import Change, FileReport, Outcome
from ingest.sources import Source


class Held(Frozen):
    """A document that is held, without its text."""

    document: Document
    origin: Origin


Holding = ParsedDocument | Held
"""A document to hold: one that was just read, or one that was held."""


@dataclass(slots=True)
class Twins:
    """Files of the same bytes, in the order given, and the document of these bytes that was held.

    `stays` are the places where it was held and still stands, given or not. The first of all places
    is the one that the document is named by and parsed for. `unread` is what to hold of a file of
    which no word can be read.
    """

    sha256: str
    sources: list[Source]
    held: Held | None = None
    stays: tuple[Place, ...] = ()
    parsed: Parsed | None = None
    unread: Parsed | None = None
    failed: dict[str, IngestError] = field(default_factory=dict)

    def places(self) -> tuple[Place, ...]:
        """Where the document stands; files that couldn't be read as it are left out."""
        return tuple(place for place in self._every_place() if place.path not in self.failed)

    def _every_place(self) -> tuple[Place, ...]:
        places = {place.path: place for place in self.stays}
        for source in self.sources:
            places.setdefault(source.place.path, source.place)
        return tuple(places.values())

    def to_parse(self, catalogue: Catalogue) -> Source | None:
        """The file that has to be parsed, under the name to parse it by.

        None where what was held will do, where every file failed, and where the document is named
        by a file that wasn't given.
        """
        first = next(iter(self.places()), None)
        given = {source.place.path: source.file for source in self.sources}
        if self.parsed or first is None or first.path not in given:
            return None
        if self.held and self.held.origin.key == parse_key(first.name, self.sha256, catalogue):
            return None
        return Source(first, given[first.path])

    def give_up(self, catalogue: Catalogue) -> None:
        """Where no file can be read, and none could before, there is that to be held of it."""
        first, was_read = self._every_place()[0], self.held and self.held.document.characters
        error = self.failed.get(first.path)
        if not (self.places() or was_read) and isinstance(error, UnreadableError):
            # An entry that contradicts itself is told once the file can be read.
            with suppress(CatalogueMismatchError):
                self.unread = unread(first.name, self.sha256, catalogue, error)

    def holding(self, catalogue: Catalogue) -> Holding | None:
        """The document to hold; None where no file could be read, and none was held."""
        places = self._every_place() if self.unread else self.places()
        made, key = self._made(places, catalogue)
        if made is None or not places:
            return made
        named = {"source": places[0].name, "copies": tuple(place.name for place in places[1:])}
        return made.model_copy(
            update={
                "document": made.document.model_copy(update=named),
                "origin": Origin(places=places, key=key),
            }
        )

    def _made(self, places: Sequence[Place], catalogue: Catalogue) -> tuple[Holding | None, str]:
        """The document, whatever it is called, and the key of its parse."""
        held_key = self.held.origin.key if self.held else ""
        if made := self.parsed or self.unread:
            key = parse_key(places[0].name, self.sha256, catalogue)
            # Never the key of a parse, so that the file is tried again the next time.
            key = key if self.parsed else f"unread {key}"
            return (self.held if key == held_key else made.document), key
        return self.held, held_key

    def report(self, place: Place, *, replaces: bool) -> FileReport:
        """What became of the file at a place; `replaces` where the place held other bytes."""
        if error := self.failed.get(place.path):
            return self._failed_report(place, error)
        change = Change.CHANGED if replaces else self._change(place.path)
        first = self.places()[0]
        if first.path != place.path:
            return _copy_report(place, first, document_id(self.sha256), change)
        if self.parsed:
            return self.parsed.report.model_copy(update={"name": place.name, "change": change})
        assert self.held is not None  # noqa: S101 - it was parsed or held, or it would have failed
        return _kept_report(place, self.held.document, change)

    def _failed_report(self, place: Place, error: IngestError) -> FileReport:
        if self.unread:
            told = {"name": place.name, "problem": str(error)}
            return self.unread.report.model_copy(update=told)
        return FileReport(name=place.name, outcome=Outcome.FAILED, problem=str(error))

    def _change(self, path: str) -> Change:
        if self.held is None:
            return Change.NEW
        if all(place.path != path for place in self.held.origin.places):
            return Change.NEW if self.stays else Change.MOVED
        return Change.CHANGED if self.parsed else Change.UNCHANGED


def _copy_report(place: Place, first: Place, document: str, change: Change) -> FileReport:
    return FileReport(
        name=place.name,
        outcome=Outcome.READ,
        change=change,
        document_id=document,
        copy_of=first.name,
        notes=(f"The same bytes as {first.name}: one document with two names.",),
    )


def _kept_report(place: Place, document: Document, change: Change) -> FileReport:
    return FileReport(
        name=place.name,
        outcome=Outcome.READ if document.status is ReadStatus.READ else Outcome.DEGRADED,
        change=change,
        document_id=document.id,
        notes=document.notes,
    )

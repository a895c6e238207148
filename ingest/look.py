"""What an ingest saw of files, and of the places of those held: what follows needs no look again.

It holds no bytes and can be written as JSON, so what is to be held may be settled on a machine that
has none of the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from corpus.models import Frozen, Place
from ingest.errors import IngestError
from ingest.reading import unreadable
from ingest.sources import LARGEST_FILE, Source, Sources, is_there, too_large


class SeenFile(Frozen):
    """A file by the SHA-256 of its bytes; or, with none, why not even they could be had."""

    place: Place
    sha256: str = ""
    problem: str = ""


class Look(Frozen):
    """The files given, the folders looked through, and the paths where a file held still stands."""

    files: tuple[SeenFile, ...]
    folders: tuple[Path, ...]
    standing: frozenset[str]

    @classmethod
    def at(cls, given: Sources, held: Iterable[Place]) -> Look:
        """A look at these files and folders now, and at the places of what is held."""
        return cls(
            files=tuple(map(_seen, given.files)),
            folders=given.folders,
            standing=frozenset(place.path for place in held if is_there(place)),
        )

    @cached_property
    def given(self) -> frozenset[str]:
        """The paths of all files given."""
        return frozenset(file.place.path for file in self.files)

    @cached_property
    def closed(self) -> tuple[Path, ...]:
        """The paths that nothing was seen inside of."""
        return tuple(Path(file.place.path) for file in self.files if file.problem)

    def is_there(self, place: Place) -> bool:
        """Whether a file stood at the place of one that is held."""
        return place.path in self.standing

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
        return place.path not in self.given and not self.gone(place) and self.is_there(place)


def _seen(source: Source) -> SeenFile:
    try:
        return SeenFile(place=source.place, sha256=_digest_of(source))
    except IngestError as error:
        return SeenFile(place=source.place, problem=str(error))


def _digest_of(source: Source) -> str:
    if source.problem:
        raise source.problem
    try:
        size = source.file.stat().st_size
        if size > LARGEST_FILE:
            raise too_large(source.name, size)
        with source.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(source.name, error) from error

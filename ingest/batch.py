"""The files of one ingest beside what is held: told apart by their bytes, parsed if need be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.catalogue import Catalogue
from corpus.ids import document_id
from corpus.models import Place
from ingest.departures import Look
from ingest.errors import IngestError
from ingest.reading import FileTask, read_file, unreadable
from ingest.report import FileReport, Outcome
from ingest.sources import LARGEST_FILE, Source, Sources, too_large
from ingest.twins import Held, Twins
from ingest.workers import Run

_STAYS = "The version that was held before stays."


@dataclass(frozen=True, slots=True)
class Batch:
    """Files in the order given; of `closed` ones, by path, not even the bytes could be had.

    `held` and `twins` are by the SHA-256 of the bytes.
    """

    files: Sequence[Source]
    look: Look
    held: Mapping[str, Held]
    twins: Mapping[str, Twins]
    closed: Mapping[str, IngestError]

    @classmethod
    def of(cls, given: Sources, held: Sequence[Held]) -> Batch:
        """Takes the digest of every file given, and puts those of the same bytes together."""
        closed: dict[str, IngestError] = {}
        twins: dict[str, Twins] = {}
        by_digest = {each.document.sha256: each for each in held}
        for source in given.files:
            try:
                sha256 = _digest_of(source)
            except IngestError as error:
                closed[source.place.path] = error
                continue
            same = twins.setdefault(sha256, Twins(sha256, [], by_digest.get(sha256)))
            same.sources.append(source)
        look = Look.at(given, closed)
        for same in twins.values():
            same.stays = tuple(_stays(same, look))
        _refuse_clashes(twins, held)
        return cls(given.files, look, by_digest, twins, closed)

    def read(self, catalogue: Catalogue, run: Run, tell: Callable[[str], None]) -> None:
        """Parses what has to be, and tells of each file when nothing more is to do for it.

        Where a file fails, another of the same bytes may do: its name may say what kind it is.
        """
        tasks = list(self._tasks(catalogue))
        waiting = {task.file for task in tasks}
        for source in self.files:
            if source.file not in waiting:
                tell(source.name)
        while tasks:
            for done in run(read_file, tasks):
                twins = self.twins[done.task.sha256]
                if isinstance(done.result, IngestError):
                    twins.failed[twins.places()[0].path] = done.result
                else:
                    twins.parsed = done.result
                tell(done.task.name)
            tasks = list(self._tasks(catalogue))
        held_at = self._held_at()
        for twins in self.twins.values():
            paths = [source.place.path for source in twins.sources]
            # Where an earlier version is held, that is better than none.
            if all(held_at.get(path, twins.sha256) == twins.sha256 for path in paths):
                twins.give_up(catalogue)

    def _held_at(self) -> dict[str, str]:
        """The digest of what is held of each place, by its path."""
        return {p.path: sha256 for sha256, h in self.held.items() for p in h.origin.places}

    def _tasks(self, catalogue: Catalogue) -> Iterator[FileTask]:
        for sha256, twins in self.twins.items():
            if source := twins.to_parse(catalogue):
                described = catalogue.narrowed(PurePath(source.name).name)
                yield FileTask(source.name, source.file, sha256, described)

    def read_paths(self) -> frozenset[str]:
        """The paths of all files that could be read."""
        return frozenset(
            source.place.path
            for twins in self.twins.values()
            for source in twins.sources
            if source.place.path not in twins.failed
        )

    def new_names(self) -> frozenset[str]:
        """The names of the documents that weren't held before."""
        return frozenset(
            twins.places()[0].name
            for twins in self.twins.values()
            if twins.parsed and twins.held is None
        )

    def names(self) -> Iterator[str]:
        """The names of all files given, and of all that was held."""
        yield from (source.name for source in self.files)
        for held in self.held.values():
            yield from (held.document.source, *held.document.copies)

    def reports(self) -> Iterator[FileReport]:
        """What became of each file, in the order given."""
        held_at = self._held_at()
        twins_of = {s.place.path: twins for twins in self.twins.values() for s in twins.sources}
        for source in self.files:
            path = source.place.path
            if twins := twins_of.get(path):
                replaces = held_at.get(path, twins.sha256) != twins.sha256
                report = twins.report(source, replaces=replaces)
            else:
                report = _failed(source, self.closed[path])
            if report.outcome is Outcome.FAILED and path in held_at and not report.document_id:
                report = report.model_copy(update={"notes": (*report.notes, _STAYS)})
            yield report


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


def _stays(same: Twins, look: Look) -> Iterator[Place]:
    given = {source.place.path for source in same.sources}
    for place in same.held.origin.places if same.held else ():
        if place.path in given or look.stands(place):
            yield place


def _refuse_clashes(twins: Mapping[str, Twins], held: Sequence[Held]) -> None:
    """Fails the files that aren't copies, but whose digest begins as that of another file."""
    names = {each.document.id: (each.document.sha256, each.document.source) for each in held}
    for sha256, same in twins.items():
        made = document_id(sha256)
        first, name = names.setdefault(made, (sha256, same.sources[0].name))
        if first != sha256:
            for source in same.sources:
                same.failed[source.place.path] = IngestError(
                    f"{source.name} would have the id of {name} ({made}), "
                    "though they differ: change a character of one of them."
                )


def _failed(source: Source, error: IngestError) -> FileReport:
    return FileReport(name=source.name, outcome=Outcome.FAILED, problem=str(error))

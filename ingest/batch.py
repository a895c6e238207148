"""The files of one ingest beside what is held: told apart by their bytes, parsed if need be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from corpus.catalogue import Catalogue
from corpus.ids import document_id
from corpus.models import Place
from ingest.errors import IngestError
from ingest.look import Look, SeenFile
from ingest.parsing import Parsed
from ingest.reading import FileTask, read_file
from ingest.report import FileReport, Outcome
from ingest.sources import Source
from ingest.twins import Held, Twins
from ingest.workers import Done, Run

_STAYS = "The version that was held before stays."


@dataclass(frozen=True, slots=True)
class Batch:
    """The files of a look, in the order given, beside what is held.

    `held` and `twins` are by the SHA-256 of the bytes.
    """

    look: Look
    held: Mapping[str, Held]
    twins: Mapping[str, Twins]

    @classmethod
    def of(cls, look: Look, held: Sequence[Held], files: Mapping[str, Path] | None = None) -> Batch:
        """Puts files of the same bytes together.

        `files` are where the bytes lie, by the path of the place, where that isn't the path itself.
        """
        files = files or {}
        by_digest = {each.document.sha256: each for each in held}
        twins: dict[str, Twins] = {}
        for seen in look.files:
            if seen.sha256:
                new = Twins(seen.sha256, [], by_digest.get(seen.sha256))
                path = files.get(seen.place.path, Path(seen.place.path))
                twins.setdefault(seen.sha256, new).sources.append(Source(seen.place, path))
        for same in twins.values():
            same.stays = tuple(_stays(same, look))
        _refuse_clashes(twins, held)
        return cls(look, by_digest, twins)

    def read(self, catalogue: Catalogue, run: Run, tell: Callable[[str], None]) -> None:
        """Parses what has to be, and tells of each file when nothing more is to do for it."""
        to_parse = (twins.to_parse(catalogue) for twins in self.twins.values())
        first = {source.place.path for source in to_parse if source}
        for seen in self.look.files:
            if seen.place.path not in first:
                tell(seen.place.name)
        for done in read_twins(self.twins, catalogue, run):
            tell(done.task.name)
        held_at = self._held_at()
        for twins in self.twins.values():
            paths = [source.place.path for source in twins.sources]
            # Where an earlier version is held, that is better than none.
            if all(held_at.get(path, twins.sha256) == twins.sha256 for path in paths):
                twins.give_up(catalogue)

    def _held_at(self) -> dict[str, str]:
        """The digest of what is held of each place, by its path."""
        return {p.path: sha256 for sha256, h in self.held.items() for p in h.origin.places}

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
        yield from (seen.place.name for seen in self.look.files)
        for held in self.held.values():
            yield from (held.document.source, *held.document.copies)

    def reports(self) -> Iterator[FileReport]:
        """What became of each file, in the order given."""
        held_at = self._held_at()
        twins_of = {s.place.path: twins for twins in self.twins.values() for s in twins.sources}
        for seen in self.look.files:
            path = seen.place.path
            if twins := twins_of.get(path):
                replaces = held_at.get(path, twins.sha256) != twins.sha256
                report = twins.report(seen.place, replaces=replaces)
            else:
                report = _failed(seen)
            if report.outcome is Outcome.FAILED and path in held_at and not report.document_id:
                report = report.model_copy(update={"notes": (*report.notes, _STAYS)})
            yield report


def read_twins(
    twins: Mapping[str, Twins], catalogue: Catalogue, run: Run
) -> Iterator[Done[FileTask, Parsed]]:
    """Parses what has to be of each, by the SHA-256 of its bytes, and tells of each try.

    Where a file fails, another of the same bytes may do: its name may say what kind it is.
    """
    while tasks := list(_tasks(twins, catalogue)):
        for done in run(read_file, tasks):
            same = twins[done.task.sha256]
            if isinstance(done.result, IngestError):
                same.failed[same.places()[0].path] = done.result
            else:
                same.parsed = done.result
            yield done


def _tasks(twins: Mapping[str, Twins], catalogue: Catalogue) -> Iterator[FileTask]:
    for sha256, same in twins.items():
        if source := same.to_parse(catalogue):
            described = catalogue.narrowed(PurePath(source.name).name)
            yield FileTask(source.name, source.file, sha256, described)


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


def _failed(seen: SeenFile) -> FileReport:
    return FileReport(name=seen.place.name, outcome=Outcome.FAILED, problem=seen.problem)

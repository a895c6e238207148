"""Files and folders to documents and a report; it reads, and neither prints nor writes.

Only what changed is parsed. A document is known by its bytes, so it keeps its id wherever its file
is moved; and by its place, so that a file with other bytes there replaces it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from corpus.catalogue import Catalogue
from corpus.models import Frozen, ParsedDocument, Place
from ingest.archives import unpacked
from ingest.batch import Batch
from ingest.departures import Departures
from ingest.look import Look
from ingest.report import FileReport, IngestReport, Outcome
from ingest.sources import Sources, sources
from ingest.twins import Held, Holding
from ingest.workers import Limits, Run, runner

OnFile = Callable[[int, int, str], None]
"""Is told of progress: files done, files in all, and the name of the one that was just done."""


@dataclass(frozen=True)
class Before:
    """What was held before an ingest, in `data_dir`, which no ingest reads.

    `prune` takes away documents whose file is gone.
    """

    held: Sequence[Held] = ()
    prune: bool = False
    data_dir: Path | None = None

    def places(self) -> Iterator[Place]:
        """Where the documents held stood."""
        return (place for each in self.held for place in each.origin.places)


class IngestResult(Frozen):
    """All documents to hold, those held before first; and what became of every file."""

    holdings: tuple[Holding, ...]
    report: IngestReport

    @property
    def documents(self) -> tuple[ParsedDocument, ...]:
        """The documents that were read just now."""
        return tuple(each for each in self.holdings if isinstance(each, ParsedDocument))


def ingest_files(
    paths: Sequence[Path],
    catalogue: Catalogue | None = None,
    before: Before | None = None,
    on_file: OnFile | None = None,
    limits: Limits | None = None,
) -> IngestResult:
    """Reads files, and all files in folders and archives, as documents beside those held before.

    A file that can't be read is reported as failed and never stops the others; so is a catalogued
    file that is neither among those given nor held. Copies of one file are one document.

    Files are read in processes that keep the `limits`, each file by itself; without any, in this
    process, which is for files that are trusted.
    """
    catalogue, before = catalogue or Catalogue(), before or Before()
    run = runner(limits)
    with found(paths, run, before.data_dir) as files:
        look = Look.at(files, before.places())
        lie = {source.place.path: source.file for source in files.files}
        batch = Batch.of(look, before.held, lie)
        batch.read(catalogue, run, _counted(on_file, len(look.files)))
    return settled(batch, catalogue, prune=before.prune)


@contextmanager
def found(paths: Sequence[Path], run: Run, leave_out: Path | None = None) -> Iterator[Sources]:
    """The files given and all in folders and archives, which are unpacked for as long."""
    with TemporaryDirectory(prefix="saferplans-ingest-") as folder:
        yield unpacked(sources(paths, leave_out), run, Path(folder))


def settled(batch: Batch, catalogue: Catalogue, *, prune: bool) -> IngestResult:
    """All documents to hold after a batch that was read, and the report; it looks at no file."""
    left = Departures(batch.look, batch.read_paths(), batch.new_names(), prune)
    holdings = tuple(_holdings(batch, left, catalogue))
    report = IngestReport(
        files=(*batch.reports(), *_missing(batch, catalogue)),
        gone=tuple(left.gone),
        removed=tuple(left.removed),
        replaced=tuple(left.replaced),
    )
    return IngestResult(holdings=holdings, report=report)


def _counted(on_file: OnFile | None, total: int) -> Callable[[str], None]:
    names: list[str] = []

    def tell(name: str) -> None:
        names.append(name)
        if on_file:
            on_file(len(names), total, name)

    return tell


def _holdings(batch: Batch, left: Departures, catalogue: Catalogue) -> Iterator[Holding]:
    """What was held, as it now is and in its order; then what is new."""
    for held in batch.held.values():
        met = batch.twins.get(held.document.sha256)
        if holding := met.holding(catalogue) if met else left.settled(held):
            yield holding
    for twins in batch.twins.values():
        if twins.held is None and (new := twins.holding(catalogue)):
            yield new


def _missing(batch: Batch, catalogue: Catalogue) -> Iterator[FileReport]:
    names = {PurePath(name).name for name in batch.names()}
    for entry in catalogue.document:
        if entry.file not in names:
            problem = (
                f"{entry.file} is in the catalogue but not among the files given: "
                "add the file, or take its entry out."
            )
            yield FileReport(name=entry.file, outcome=Outcome.FAILED, problem=problem)

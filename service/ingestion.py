"""Files into the index: the use case that joins `ingest` and `index`.

`add` keeps what is held and adds to it; `remove` takes away. What changed is told by `ingest`, and
only that is read and embedded; where nothing did, nothing is published. Only an index that this run
can't read is given up, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from corpus.catalogue import Catalogue, shipped_catalogue, shipped_data
from corpus.models import Area, Document, Frozen, Origin, ParsedDocument
from index.embedding import Embedder
from index.errors import BrokenGenerationError, FingerprintMismatchError, NoGenerationError
from index.places import Opened, Place
from ingest.pipeline import Before, IngestResult, ingest_files
from ingest.report import IngestReport
from ingest.twins import Held, Holding
from ingest.version import CHUNKER_VERSION
from ingest.workers import DEFAULT_LIMITS, Limits
from service import messages
from service.feedback import SILENT, Feedback
from service.ports import Meanings, NoMeanings


class UnknownDocumentError(ValueError):
    """Names no document that is held, or several; the message says what to do."""


class Ingested(Frozen):
    """What an ingest did. `generation` is the one served after it, None where there is none."""

    report: IngestReport
    generation: str | None
    changed: bool
    documents_held: int


class Adding(Protocol):
    """Adds documents to an index."""

    def add(self, paths: Sequence[Path], catalogue: Catalogue, *, prune: bool = False) -> Ingested:
        """Adds files to what is held. Files that can't be read are in the report, no more."""


@dataclass(frozen=True)
class Ingestion:
    """Ingests into one place. Nothing is read from `data_dir`, where what is ours is kept."""

    place: Place
    embedder: Embedder
    feedback: Feedback = SILENT
    limits: Limits = DEFAULT_LIMITS
    data_dir: Path | None = None
    meanings: Meanings = field(default_factory=NoMeanings)

    def ship(self) -> None:
        """Ingests the documents that ship, if nothing was ever published here.

        Raises:
            IndexingError: the directory can't be written, or the model can't be used.
        """
        self._recover()
        if self.place.current_id() is not None:
            return
        self.feedback.note(messages.FIRST_INGEST)
        catalogue = shipped_catalogue()
        paths = [shipped_data() / entry.file for entry in catalogue.document]
        with self.place.alone():
            # Another process may have been first.
            if self.place.current_id() is None:
                result = ingest_files(paths, catalogue, on_file=self._on_file)
                # Where the package stands is no property of its documents.
                documents = [self.meanings.told(each.model_copy(update={"origin": Origin()}))
                             for each in result.documents]  # fmt: skip
                self._publish(documents, result.report, areas_of(documents, catalogue))

    def add(self, paths: Sequence[Path], catalogue: Catalogue, *, prune: bool = False) -> Ingested:
        """Adds files to what is held. Files that can't be read are in the report, no more.

        Raises:
            IndexingError: the directory can't be written, or the model can't be used.
        """
        with self.place.alone():
            self._recover()
            held = self._held()
            before = Before(_held_documents(held), prune=prune, data_dir=self.data_dir)
            result = self._read(paths, catalogue, before)
            if result.holdings == before.held:
                return _unchanged(result.report, held)
            documents = [self._whole(each, held) for each in result.holdings]
            return self._publish(
                documents,
                result.report,
                areas_of(documents, catalogue, held.areas() if held else ()),
            )

    def remove(self, names: Sequence[str]) -> Ingested:
        """Removes documents by id or by file name: all of them, or none if one can't be told.

        Raises:
            UnknownDocumentError: a name is that of no document, or of several.
            IndexingError: nothing is held, or the directory can't be written.
        """
        with self.place.alone():
            self._recover()
            held = self.place.open_current(self.embedder, chunker_version=CHUNKER_VERSION)
            gone = {_named(name, held.documents()) for name in names}
            left = [each for each in _held_documents(held) if each.document not in gone]
            documents = [self._whole(each, held) for each in left]
            removed = tuple(each.source for each in held.documents() if each in gone)
            report = IngestReport(removed=removed)
            return self._publish(documents, report, areas_of(documents, Catalogue(), held.areas()))

    def _recover(self) -> None:
        """Takes up an index whose pointer was lost, and says so."""
        if self.place.recover():
            self.feedback.note(messages.RECOVERED)

    def _read(self, paths: Sequence[Path], catalogue: Catalogue, before: Before) -> IngestResult:
        return ingest_files(paths, catalogue, before, self._on_file, self.limits)

    def _on_file(self, done: int, total: int, _name: str) -> None:
        self.feedback.reading(done, total)

    def _held(self) -> Opened | None:
        """What is held, or None; an index that can't be read is given up, and that is said."""
        try:
            return self.place.open_current(self.embedder, chunker_version=CHUNKER_VERSION)
        except NoGenerationError:
            return None
        except (FingerprintMismatchError, BrokenGenerationError) as error:
            self.feedback.note(messages.given_up(str(error)))
            return None

    def _publish(
        self, documents: Sequence[ParsedDocument], report: IngestReport, areas: Sequence[Area]
    ) -> Ingested:
        generation = self.place.publish(
            documents,
            areas,
            self.embedder,
            chunker_version=CHUNKER_VERSION,
            report=report.model_dump(mode="json"),
            on_progress=self.feedback.embedding,
        )
        return Ingested(
            report=report, generation=generation, changed=True, documents_held=len(documents)
        )

    def _whole(self, holding: Holding, held: Opened | None) -> ParsedDocument:
        """A document with its text and meanings, which the index has where it was held."""
        if isinstance(holding, ParsedDocument):
            return self.meanings.told(holding)
        if held is None:
            raise KeyError(holding.document.id)
        return held.parsed(holding.document, holding.origin)


def _unchanged(report: IngestReport, held: Opened | None) -> Ingested:
    return Ingested(
        report=report,
        generation=held.generation if held else None,
        changed=False,
        documents_held=len(held.documents()) if held else 0,
    )


def _held_documents(held: Opened | None) -> tuple[Held, ...]:
    origins = held.origins() if held else {}
    documents = held.documents() if held else ()
    return tuple(Held(document=each, origin=origins[each.id]) for each in documents)


def _named(name: str, documents: Sequence[Document]) -> Document:
    """The document of this id or file name."""
    found = [each for each in documents if name == each.id or name in (each.source, *each.copies)]
    if len(found) != 1:
        ids = [each.id for each in found]
        raise UnknownDocumentError(messages.not_one_document(name, ids))
    return found[0]


def areas_of(
    documents: Iterable[ParsedDocument], catalogue: Catalogue, held: Iterable[Area] = ()
) -> list[Area]:
    """The areas of all plans; aliases once known stay known."""
    known = {area.name: area.aliases for area in held}
    names = sorted({plan.area for parsed in documents for plan in parsed.plans})
    return [
        Area(
            name=name,
            aliases=tuple(
                dict.fromkeys((*known.get(name, ()), *catalogue.described(name).aliases))
            ),
        )
        for name in names
    ]

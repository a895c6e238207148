"""Files into the index: the use case that joins `ingest` and `index`.

`add` keeps what is held and adds to it. A file is known by its bytes and by its name: the same
bytes again are the same document, and a file of the name of one held replaces it. Only an index
that this run can't read is given up, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from corpus.catalogue import Catalogue, shipped_catalogue, shipped_data
from corpus.models import Area, Frozen, ParsedDocument
from index.embedding import Embedder
from index.errors import (
    BrokenGenerationError,
    FingerprintMismatchError,
    NoGenerationError,
    WriterBusyError,
)
from index.generations import current_id, open_current, publish, recover
from index.layout import disk_errors
from ingest.chunking import CHUNKER_VERSION
from ingest.pipeline import IngestResult, ingest_files
from ingest.report import IngestReport
from service import messages
from service.ports import Engine

Count = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


class Feedback(NamedTuple):
    """Who is told how long work goes: sentences, files read, passages indexed."""

    note: Callable[[str], None] = lambda _sentence: None
    reading: Count = lambda _done, _total: None
    embedding: Count = lambda _done, _total: None


SILENT = Feedback()
"""For whoever tells nobody."""


class Ingested(Frozen):
    """What an ingest did. `generation` is None where no file could be read: nothing changed."""

    report: IngestReport
    generation: str | None
    documents_held: int
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ingestion:
    """Ingests into one data directory."""

    data_dir: Path
    embedder: Embedder
    feedback: Feedback = SILENT

    def ship(self) -> None:
        """Ingests the documents that ship, if nothing was ever published here.

        Raises:
            IndexingError: the directory can't be written, or the model can't be used.
        """
        self._recover()
        if current_id(self.data_dir) is not None:
            return
        self.feedback.note(messages.FIRST_INGEST)
        catalogue = shipped_catalogue()
        paths = [shipped_data() / entry.file for entry in catalogue.document]
        with self._alone():
            # Another process may have been first.
            if current_id(self.data_dir) is None:
                self._publish(self._read(paths, catalogue), catalogue, None)

    def add(self, paths: Sequence[Path], catalogue: Catalogue) -> Ingested:
        """Adds files to what is held. Files that can't be read are in the report, no more.

        Raises:
            IndexingError: the directory can't be written, or the model can't be used.
        """
        with self._alone():
            self._recover()
            held = self._held()
            result = self._read(paths, _to_come(catalogue, paths, held))
            if not result.documents:
                count = len(held.documents()) if held else 0
                return Ingested(report=result.report, generation=None, documents_held=count)
            return self._publish(result, catalogue, held)

    def _recover(self) -> None:
        """Takes up an index whose pointer was lost, and says so."""
        if recover(self.data_dir):
            self.feedback.note(messages.RECOVERED)

    def _read(self, paths: Sequence[Path], catalogue: Catalogue) -> IngestResult:
        return ingest_files(
            paths, catalogue, on_file=lambda done, total, _name: self.feedback.reading(done, total)
        )

    def _held(self) -> Engine | None:
        """What is held, or None; an index that can't be read is given up, and that is said."""
        try:
            return open_current(self.data_dir, self.embedder, chunker_version=CHUNKER_VERSION)
        except NoGenerationError:
            return None
        except (FingerprintMismatchError, BrokenGenerationError) as error:
            self.feedback.note(messages.given_up(str(error)))
            return None

    def _publish(self, result: IngestResult, catalogue: Catalogue, held: Engine | None) -> Ingested:
        kept, replaced = _kept(held, result.documents) if held else ([], ())
        documents = [*kept, *result.documents]
        generation = publish(
            self.data_dir,
            documents,
            _areas(documents, catalogue, held),
            self.embedder,
            chunker_version=CHUNKER_VERSION,
            report=result.report.model_dump(mode="json"),
            on_progress=self.feedback.embedding,
        )
        return Ingested(
            report=result.report,
            generation=generation,
            documents_held=len(documents),
            replaced=replaced,
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keeps other ingests out from reading what is held until the new whole is published.

        Raises:
            WriterBusyError: another ingest is at work here.
        """
        with disk_errors(self.data_dir):
            self.data_dir.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.data_dir / "ingest.lock", timeout=0)
            try:
                lock.acquire()
            except Timeout as error:
                raise WriterBusyError(messages.ingest_busy(self.data_dir)) from error
        try:
            yield
        finally:
            lock.release()


def _to_come(catalogue: Catalogue, paths: Iterable[Path], held: Engine | None) -> Catalogue:
    """The catalogue without the files that are held and not given: they aren't missing."""
    given = {file.name for path in paths for file in (path, *path.rglob("*"))}
    there = {document.source for document in held.documents()} if held else set()
    entries = [each for each in catalogue.document if each.file in given or each.file not in there]
    return catalogue.model_copy(update={"document": tuple(entries)})


def _kept(
    held: Engine, new: Iterable[ParsedDocument]
) -> tuple[list[ParsedDocument], tuple[str, ...]]:
    """The documents that stay, and the names of the files whose documents are replaced."""
    new_ids = {parsed.document.id for parsed in new}
    new_names = {parsed.document.source for parsed in new}
    stay = [
        document
        for document in held.documents()
        if document.id not in new_ids and document.source not in new_names
    ]
    gone = [
        document.source
        for document in held.documents()
        if document.id not in new_ids and document.source in new_names
    ]
    return [_parsed(document.id, held) for document in stay], tuple(gone)


def _parsed(document_id: str, held: Engine) -> ParsedDocument:
    """A document as it was ingested, from the index that holds it."""
    document, text = held.document(document_id), held.text(document_id)
    if document is None or text is None:
        raise KeyError(document_id)
    return ParsedDocument(
        document=document,
        text=text,
        plans=tuple(plan for plan in held.plans() if plan.document_id == document_id),
        sections=held.sections(document_id),
        passages=held.passages(document_id),
    )


def _areas(
    documents: Iterable[ParsedDocument], catalogue: Catalogue, held: Engine | None
) -> list[Area]:
    """The areas of all plans; aliases once known stay known."""
    known = {area.name: area.aliases for area in (held.areas() if held else ())}
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

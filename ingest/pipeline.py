"""Files and folders to documents and a report; it reads, and neither prints nor writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.ids import document_id, sha256_hex
from corpus.models import Frozen, ParsedDocument
from ingest.errors import IngestError, MissingFileError
from ingest.parsing import parse
from ingest.report import FileReport, IngestReport, Outcome

CATALOGUE_NAME = "catalogue.toml"
"""A file of this name in a folder describes the others and is none of them."""

OnFile = Callable[[int, int, str], None]
"""Is told of progress: files done, files in all, and the name of the one that was just done."""


class IngestResult(Frozen):
    """The documents that could be read, in the order given, and what became of every file."""

    documents: tuple[ParsedDocument, ...]
    report: IngestReport


def ingest_files(
    paths: Sequence[Path], catalogue: Catalogue | None = None, on_file: OnFile | None = None
) -> IngestResult:
    """Reads files, and all files under folders, as documents.

    A file that can't be read is reported as failed and never stops the others; so is a catalogued
    file that isn't among those given. Copies of one file are one document.
    """
    catalogue = catalogue or Catalogue()
    sources = list(_sources(paths))
    batch = _Batch(catalogue)
    for done, source in enumerate(sources, start=1):
        batch.add(source)
        if on_file:
            on_file(done, len(sources), source.name)
    missing = _missing(catalogue, {source.path.name for source in sources})
    report = IngestReport(files=(*batch.reports, *missing))
    return IngestResult(documents=tuple(batch.documents.values()), report=report)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file and the name under which it is reported: within a folder its path from there."""

    path: Path
    name: str


def _sources(paths: Sequence[Path]) -> Iterator[_Source]:
    """The files to read, each once, those of a folder in the order of their names."""
    seen: set[Path] = set()
    for path in paths:
        for source in _under(path):
            if source.path.resolve() not in seen:
                seen.add(source.path.resolve())
                yield source


def _under(path: Path) -> Iterator[_Source]:
    if not path.is_dir():
        yield _Source(path, path.name)
        return
    # Sorted, because file systems list in any order and a report must not depend on it.
    for inner in sorted(path.rglob("*")):
        within = inner.relative_to(path)
        is_hidden = any(part.startswith(".") for part in within.parts)
        if not inner.is_dir() and not is_hidden and inner.name != CATALOGUE_NAME:
            yield _Source(inner, within.as_posix())


@dataclass(slots=True)
class _Batch:
    """What has been read so far; documents by id."""

    catalogue: Catalogue
    documents: dict[str, ParsedDocument] = field(default_factory=dict)
    reports: list[FileReport] = field(default_factory=list)

    def add(self, source: _Source) -> None:
        """Reads one file and reports on it."""
        try:
            self.reports.append(self._read(source))
        except IngestError as error:
            failed = FileReport(name=source.name, outcome=Outcome.FAILED, problem=str(error))
            self.reports.append(failed)

    def _read(self, source: _Source) -> FileReport:
        data = _bytes_of(source)
        held = self.documents.get(document_id(sha256_hex(data)))
        if held is not None:
            return _copy_report(source, sha256_hex(data), held)
        parsed = parse(source.name, data, self.catalogue)
        self.documents[parsed.document.document.id] = parsed.document
        return parsed.report


def _bytes_of(source: _Source) -> bytes:
    if not source.path.is_file():
        what = "is no regular file" if source.path.exists() else "does not exist"
        raise MissingFileError(f"{source.path} {what}: check the path.")
    try:
        return source.path.read_bytes()
    except OSError as error:
        raise MissingFileError(
            f"{source.path} can't be read ({error.strerror}): check its permissions."
        ) from error


def _copy_report(source: _Source, sha256: str, held: ParsedDocument) -> FileReport:
    """The report on a copy of a file that is held.

    Raises:
        IngestError: it isn't a copy, but its digest begins as that of a file that is held.
    """
    document = held.document
    if document.sha256 != sha256:
        raise IngestError(
            f"{source.name} would have the id of {document.source} ({document.id}), "
            "though they differ: change a character of one of them."
        )
    note = f"The same bytes as {document.source}: one document with two names."
    return FileReport(
        name=source.name,
        outcome=Outcome.READ,
        document_id=document.id,
        copy_of=document.source,
        notes=(note,),
    )


def _missing(catalogue: Catalogue, names: set[str]) -> Iterator[FileReport]:
    for entry in catalogue.document:
        if entry.file not in names:
            problem = (
                f"{entry.file} is in the catalogue but not among the files given: "
                "add the file, or take its entry out."
            )
            yield FileReport(name=entry.file, outcome=Outcome.FAILED, problem=problem)

"""One file of a batch, read where the batch says: in this process, or in workers of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corpus.catalogue import Catalogue
from ingest.errors import ChangedFileError, IngestError, MissingFileError
from ingest.parsing import Parsed, parse
from ingest.workers import Done, Limits, run


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to parse by a name, with what the catalogue says; its bytes have this digest."""

    name: str
    file: Path
    sha256: str
    catalogue: Catalogue


Reading = Callable[[Iterable[FileTask]], Iterator[Done[FileTask, Parsed]]]
"""Reads files, and gives what came of each as it is done."""


def reading(limits: Limits | None) -> Reading:
    """Reads in workers that keep these limits; or in this process, where the files are trusted."""
    return _read_here if limits is None else partial(run, _read, limits=limits)


def _read_here(tasks: Iterable[FileTask]) -> Iterator[Done[FileTask, Parsed]]:
    for task in tasks:
        try:
            yield Done(task, _read(task))
        except IngestError as error:
            yield Done(task, error)


def _read(task: FileTask) -> Parsed:
    try:
        parsed = parse(task.name, task.file.read_bytes(), task.catalogue)
    except OSError as error:
        raise unreadable(task.name, error) from error
    if parsed.document.document.sha256 != task.sha256:
        raise ChangedFileError(f"{task.name} changed while it was read: ingest it again.")
    return parsed


def unreadable(name: str, error: OSError) -> IngestError:
    """What to tell of a file that the system doesn't give."""
    return MissingFileError(f"{name} can't be read ({error.strerror}): check its permissions.")

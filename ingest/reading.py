"""One file of a batch, read: what a worker does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue
from ingest.errors import ChangedFileError, IngestError, MissingFileError
from ingest.parsing import Parsed, parse


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to parse by a name, with what the catalogue says; its bytes have this digest."""

    name: str
    file: Path
    sha256: str
    catalogue: Catalogue


def read_file(task: FileTask) -> Parsed:
    """The document in a file.

    Raises:
        IngestError: it can't be read, or isn't what it was any more.
    """
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

"""What can go wrong with an index. Each message is one sentence or two, for a person, with the fix.

IndexingError
├── EmbedderError                 the embedding model
│   ├── ModelMissingError         neither installed nor on disk
│   └── ModelDigestError          its weights are not the published ones
└── GenerationError               what stands in the data directory or the database
    ├── NoGenerationError         nothing is published yet
    ├── FingerprintMismatchError  built by another model, chunker or format
    ├── BrokenGenerationError     files are missing, cut short or changed
    ├── InconsistentCorpusError   the documents to publish contradict each other
    ├── DataDirError              the directory can't be written: read-only or full
    ├── WriterBusyError           another process is publishing
    └── DatabaseError             the database can't be reached, entered or used
        ├── PartsLostError        a node of its cluster can't be reached
        └── SchemaError           its tables are those of another version
"""

from __future__ import annotations

__all__ = [
    "BrokenGenerationError",
    "DataDirError",
    "DatabaseError",
    "EmbedderError",
    "FingerprintMismatchError",
    "GenerationError",
    "InconsistentCorpusError",
    "IndexingError",
    "ModelDigestError",
    "ModelMissingError",
    "NoGenerationError",
    "PartsLostError",
    "SchemaError",
    "WriterBusyError",
]


class IndexingError(Exception):
    """Base of all; its text can be shown to a user as it is."""


class EmbedderError(IndexingError):
    """The embedding model can't be used."""


class ModelMissingError(EmbedderError):
    """The model, or the library that runs it, is not on this machine."""


class ModelDigestError(EmbedderError):
    """The weights on disk are not the published ones."""


class GenerationError(IndexingError):
    """The place of the index doesn't hold what was asked for, or can't take what was given."""


class NoGenerationError(GenerationError):
    """Nothing has been published in this data directory yet."""


class FingerprintMismatchError(GenerationError):
    """The index was built by another model, chunker or format than the one that opens it."""


class BrokenGenerationError(GenerationError):
    """The index is damaged: files are missing, cut short or changed."""


class InconsistentCorpusError(GenerationError):
    """The documents to publish contradict each other."""


class DataDirError(GenerationError):
    """The data directory can't be written."""


class WriterBusyError(GenerationError):
    """Another process is publishing to this data directory."""


class DatabaseError(GenerationError):
    """The database can't be reached, entered or used."""


class PartsLostError(DatabaseError):
    """Nodes of the database's cluster can't be reached, and with them all rows of these areas."""

    def __init__(self, message: str, areas: frozenset[str]) -> None:
        super().__init__(message)
        self.areas = areas


class SchemaError(DatabaseError):
    """The tables in the database are those of another version of this program."""

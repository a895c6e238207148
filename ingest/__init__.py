"""Files to documents, plans, sections and passages."""

from ingest.chunking import CHUNKER_VERSION
from ingest.pipeline import IngestResult, ingest_files
from ingest.report import FileReport, IngestReport, Outcome

__all__ = [
    "CHUNKER_VERSION",
    "FileReport",
    "IngestReport",
    "IngestResult",
    "Outcome",
    "ingest_files",
]

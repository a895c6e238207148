"""Files to documents, plans, sections and passages."""

from ingest.chunking import CHUNKER_VERSION
from ingest.pipeline import Before, IngestResult, ingest_files
from ingest.report import Change, FileReport, IngestReport, Outcome
from ingest.twins import Held
from ingest.workers import Limits

__all__ = [
    "CHUNKER_VERSION",
    "Before",
    "Change",
    "FileReport",
    "Held",
    "IngestReport",
    "IngestResult",
    "Limits",
    "Outcome",
    "ingest_files",
]

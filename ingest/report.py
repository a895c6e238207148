"""What became of each file that was given: nothing is dropped in silence."""

from __future__ import annotations

from enum import StrEnum

from corpus.models import Frozen, Period
from ingest.facts import Fact

__all__ = ["Fact", "FileReport", "IngestReport", "Outcome", "PlanReport"]


class Outcome(StrEnum):
    """How a file fared; only `failed` means that it isn't held."""

    READ = "read"
    DEGRADED = "degraded"
    FAILED = "failed"


class PlanReport(Frozen):
    """A plan that was found, with what was inferred of it and why."""

    id: str
    area: str
    title: str
    period: Period | None
    priorities: tuple[str, ...]
    inferred: tuple[Fact, ...] = ()


class FileReport(Frozen):
    """One file: `notes` say what was degraded, `problem` why it failed and what to do."""

    name: str
    outcome: Outcome
    document_id: str | None = None
    copy_of: str | None = None
    plans: tuple[PlanReport, ...] = ()
    inferred: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str | None = None


class IngestReport(Frozen):
    """All files, in the order in which they were read."""

    files: tuple[FileReport, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any file failed; those that didn't are held all the same."""
        return any(file.outcome is Outcome.FAILED for file in self.files)

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return sum(file.outcome is outcome for file in self.files)

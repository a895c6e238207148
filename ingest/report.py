"""What became of each file that was given: nothing is dropped in silence."""

from __future__ import annotations

from enum import StrEnum

from corpus.models import Fact, Frozen, Period

__all__ = ["Change", "Fact", "FileReport", "IngestReport", "Outcome", "PlanReport"]


class Outcome(StrEnum):
    """How a file fared; only `failed` means that it isn't held."""

    READ = "read"
    DEGRADED = "degraded"
    FAILED = "failed"


class Change(StrEnum):
    """What a file is to those that were held before."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    UNCHANGED = "unchanged"


class PlanReport(Frozen):
    """A plan that was found, with what was inferred of it and why."""

    id: str
    area: str
    title: str
    period: Period | None
    priorities: tuple[str, ...]
    inferred: tuple[Fact, ...] = ()


class FileReport(Frozen):
    """One file: `notes` say what was degraded, `problem` why it failed and what to do.

    `left_out` counts what is no part of its text.

    `change` is None where it failed. A file that is held as it was isn't parsed again, so what was
    inferred of it stands in the report of the ingest that read it.
    """

    name: str
    outcome: Outcome
    change: Change | None = None
    document_id: str | None = None
    copy_of: str | None = None
    plans: tuple[PlanReport, ...] = ()
    inferred: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    problem: str | None = None


class IngestReport(Frozen):
    """All files, in the order in which they were read, and what became of those held before.

    Of files that stood in a folder given and are gone from it, `gone` names those whose documents
    are held all the same, `removed` those whose documents aren't any more. `replaced` names files
    whose documents gave way to another version of them.
    """

    files: tuple[FileReport, ...] = ()
    gone: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any file failed; those that didn't are held all the same."""
        return any(file.outcome is Outcome.FAILED for file in self.files)

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return sum(file.outcome is outcome for file in self.files)

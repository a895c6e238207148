"""What an ingest did, in lines."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.report import Change, FileReport, Outcome, PlanReport
from service import messages
from service.ingestion import Ingested
from service.terminal import printable


def ingest_lines(done: Ingested) -> Iterator[str]:
    """One line for each file that isn't as it was, with what was found in it; then what is held."""
    report = done.report
    for file in report.files:
        if not _as_it_was(file):
            yield printable(f"{file.name}: {_became(file)}")
            yield from (printable(f"    {line}") for line in _details(file))
    yield from (printable(messages.replaces(name)) for name in report.replaced)
    yield from (printable(messages.gone(name)) for name in report.gone)
    yield from (printable(messages.removed(name)) for name in report.removed)
    if unchanged := sum(map(_as_it_was, report.files)):
        yield messages.unchanged(unchanged)
    yield messages.held_now(done.documents_held, changed=done.changed)


def _as_it_was(file: FileReport) -> bool:
    """Whether there is nothing to tell of a file: read in full, and held before."""
    return file.change is Change.UNCHANGED and file.outcome is Outcome.READ


def _became(file: FileReport) -> str:
    if file.copy_of:
        return messages.same_as(file.copy_of)
    if file.change is Change.MOVED:
        return messages.moved(file.outcome.value)
    return file.outcome.value


def _details(file: FileReport) -> Iterator[str]:
    """Why a file failed; else what was found in it, and what was degraded."""
    if file.problem:
        yield from (file.problem, *file.notes)
    elif not file.copy_of:
        yield from _found(file)


def _found(file: FileReport) -> Iterator[str]:
    for plan in file.plans:
        yield _plan(plan)
        yield from (messages.inferred(fact.what, fact.value, fact.reason) for fact in plan.inferred)
    yield from (messages.inferred(fact.what, fact.value, fact.reason) for fact in file.inferred)
    yield from file.notes
    if file.left_out:
        yield messages.left_out(file.left_out)


def _plan(plan: PlanReport) -> str:
    period = str(plan.period) if plan.period else None
    return messages.plan_found(plan.area, period, len(plan.priorities))

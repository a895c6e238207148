"""What an ingest did, in lines."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.report import FileReport, PlanReport
from service import messages
from service.ingestion import Ingested
from service.terminal import printable


def ingest_lines(done: Ingested) -> Iterator[str]:
    """One line for each file with what was found in it, then what is held."""
    for file in done.report.files:
        yield printable(f"{file.name}: {_became(file)}")
        yield from (printable(f"    {line}") for line in _details(file))
    yield from (printable(messages.replaces(name)) for name in done.replaced)
    yield messages.held_now(done.documents_held, unchanged=done.generation is None)


def _became(file: FileReport) -> str:
    if file.copy_of:
        return messages.same_as(file.copy_of)
    return file.problem or file.outcome.value


def _details(file: FileReport) -> Iterator[str]:
    for plan in file.plans:
        yield _plan(plan)
        yield from (messages.inferred(fact.what, fact.value, fact.reason) for fact in plan.inferred)
    yield from (messages.inferred(fact.what, fact.value, fact.reason) for fact in file.inferred)
    yield from file.notes


def _plan(plan: PlanReport) -> str:
    period = str(plan.period) if plan.period else None
    return messages.plan_found(plan.area, period, len(plan.priorities))

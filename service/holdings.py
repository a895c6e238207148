"""What is held, in the words of the wire contract: documents, plans and passages."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from corpus.models import Document, Passage, Period, Plan, Role, Section
from corpus.retrieval import Neighbours
from index.places import Place
from ingest.report import IngestReport
from service.answering.citing import source_url
from service.ports import Engine
from service.schemas import (
    DocumentOut,
    PassageOut,
    PlanDetail,
    PlanOut,
    PriorityOut,
    SectionOut,
)


def document_out(document: Document, engine: Engine) -> DocumentOut:
    """A document with the areas and the years of the plans that it holds."""
    plans = [plan for plan in engine.plans() if plan.document_id == document.id]
    return DocumentOut(
        **document.model_dump(exclude={"characters", "published", "left_out", "inferred"}),
        areas=tuple(sorted({plan.area for plan in plans})),
        period=joint_period(plan.period for plan in plans),
        published=document.published.isoformat() if document.published else None,
    )


def last_report(place: Place, generation: str) -> IngestReport | None:
    """What became of the files of the ingest that made a generation; None if it can't be read."""
    try:
        return IngestReport.model_validate_json(place.report(generation) or b"")
    except ValidationError:
        return None


def years_of(engine: Engine) -> tuple[int, ...]:
    """Every year that a plan held is for, in order."""
    periods = [plan.period for plan in engine.plans() if plan.period]
    return tuple(sorted({year for each in periods for year in range(each.start, each.end + 1)}))


def joint_period(periods: Iterable[Period | None]) -> str | None:
    """From the first year of any of the periods to the last; None where there is none."""
    known = [period for period in periods if period]
    if not known:
        return None
    first = min(period.start for period in known)
    return str(Period(start=first, end=max(period.end for period in known)))


def plan_out(plan: Plan, engine: Engine) -> PlanOut:
    """A plan with its priorities in the plan's own order."""
    return PlanOut(**_plan_fields(plan, sections_of(plan, engine)))


def plan_detail(plan: Plan, engine: Engine) -> PlanDetail:
    """A plan with its priorities and all its sections."""
    sections = sections_of(plan, engine)
    return PlanDetail(**_plan_fields(plan, sections), sections=tuple(map(_section_out, sections)))


def sections_of(plan: Plan, engine: Engine) -> tuple[Section, ...]:
    """The sections of a plan in reading order."""
    return tuple(each for each in engine.sections(plan.document_id) if each.plan_id == plan.id)


def _plan_fields(plan: Plan, sections: tuple[Section, ...]) -> dict[str, object]:
    fields = plan.model_dump(exclude={"span", "read_whole", "period", "inferred"})
    priorities = tuple(_priority_out(each) for each in sections if each.role is Role.PRIORITY)
    return fields | {
        "period": str(plan.period) if plan.period else None,
        "priorities": priorities,
    }


def _priority_out(section: Section) -> PriorityOut:
    return PriorityOut(
        title=section.path[-1],
        section=section.path,
        start=section.span.start,
        end=section.span.end,
    )


def _section_out(section: Section) -> SectionOut:
    return SectionOut(
        id=section.id,
        path=section.path,
        role=section.role,
        start=section.span.start,
        end=section.span.end,
    )


def passage_out(passage: Passage, neighbours: Neighbours) -> PassageOut:
    """A passage with the ids of its neighbours in its document."""
    return PassageOut(
        id=passage.id,
        document_id=passage.document_id,
        plan_id=passage.plan_id,
        area=passage.area,
        section=passage.path,
        page=passage.page,
        columns=passage.columns,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        url=source_url(passage.document_id, passage.start, passage.end),
        previous=neighbours.previous,
        next=neighbours.next,
    )

"""How a document was understood: its plans with the reasons, its sections as a tree with sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.models import Basis, Document, Fact, ParsedDocument, Passage, Plan, Section
from service import messages
from service.answering.citing import source_url
from service.ports import Engine
from service.schemas import DocumentOutline, FactOut, OutlinePart, OutlineSection

_OF_PLANS = ("area", "partnership", "kind", "period", "basis")


def held_outline(document: Document, engine: Engine) -> DocumentOutline:
    """The outline of a document that is held."""
    plans = [plan for plan in engine.plans() if plan.document_id == document.id]
    sections = engine.sections(document.id)
    return _outline(document, plans, sections, engine.passages(document.id))


def parsed_outline(parsed: ParsedDocument) -> DocumentOutline:
    """The outline of a document that was just read."""
    return _outline(parsed.document, parsed.plans, parsed.sections, parsed.passages)


def _outline(
    document: Document,
    plans: Sequence[Plan],
    sections: Sequence[Section],
    passages: Sequence[Passage],
) -> DocumentOutline:
    by_id = {plan.id: plan for plan in plans}
    held = {key: list(group) for key, group in groupby(passages, key=lambda each: each.section_id)}
    return DocumentOutline(
        id=document.id,
        source=document.source,
        status=document.status,
        pages=document.pages,
        characters=document.characters,
        passages=len(passages),
        notes=document.notes,
        left_out=document.left_out,
        facts=(_fact("title", document.title, document.inferred),),
        parts=tuple(
            OutlinePart(
                plan_id=plan_id,
                facts=_facts(by_id[plan_id]) if plan_id in by_id else (),
                sections=tuple(_sections(list(group), held)),
            )
            for plan_id, group in groupby(sections, key=lambda section: section.plan_id)
        ),
    )


def _sections(
    sections: Sequence[Section], passages: dict[str, list[Passage]]
) -> Iterator[OutlineSection]:
    """The sections of one part with their depths from 0; sizes don't count what is below."""
    depths: dict[str, int] = {}
    for section in sections:
        depth = depths.get(section.parent_id or "", -1) + 1
        depths[section.id] = depth
        own = passages.get(section.id, [])
        yield OutlineSection(
            id=section.id,
            title=section.path[-1],
            depth=depth,
            role=section.role,
            page=own[0].page if own else None,
            characters=section.span.end - section.span.start,
            passages=len(own),
            url=source_url(section.document_id, section.span.start, section.span.end),
        )


def _facts(plan: Plan) -> tuple[FactOut, ...]:
    """What is known of a plan, each with the reason."""
    values = {name: getattr(plan, name) for name in _OF_PLANS}
    if plan.basis is Basis.FULL:
        del values["basis"]
    return tuple(
        _fact(name, str(value), plan.inferred)
        for name, value in values.items()
        if value is not None
    )


def _fact(what: str, value: str, inferred: Sequence[Fact]) -> FactOut:
    reason = next((fact.reason for fact in inferred if fact.what == what), None)
    return FactOut(what=what, value=value, reason=reason or messages.AS_STATED)

"""One file's bytes to one parsed document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.catalogue import Catalogue, DocumentEntry
from corpus.ids import document_id, plan_id, sha256_hex
from corpus.models import (
    Document,
    ParsedDocument,
    Passage,
    Plan,
    ReadStatus,
    Role,
    Section,
    Span,
)
from ingest.blocks import ReadFile
from ingest.chunking import passages
from ingest.errors import CatalogueMismatchError
from ingest.facts import Fact
from ingest.outline import Stretch, outline
from ingest.places import PlaceNames
from ingest.plans import Layout, laid_out
from ingest.readers import read
from ingest.regions import Region
from ingest.report import FileReport, Outcome, PlanReport

_NO_PLAN = (
    "No area could be told from its title, headings or name, so it is searchable but on no board: "
    "name its area in the catalogue if it is a plan."
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document and the report on its file."""

    document: ParsedDocument
    report: FileReport


def parse(name: str, data: bytes, catalogue: Catalogue) -> Parsed:
    """Reads a file's bytes into a document with plans, sections and passages.

    Raises:
        IngestError: the file can't be read, or contradicts its catalogue entry.
    """
    digest = sha256_hex(data)
    entry = catalogue.entry(PurePath(name).name)
    _check_digest(name, digest, entry)
    file = read(name, data)
    # Names of places are judged by the whole text, so that they are once for all its plans.
    layout = laid_out(name, file, entry, PlaceNames(file.text, catalogue))
    document = _document(name, digest, file, layout, entry)
    parts = [_part(file, document, region) for region in layout.regions]
    _check_plans(name, parts)
    parsed = ParsedDocument(
        document=document,
        text=file.text,
        plans=tuple(part.plan for part in parts if part.plan),
        sections=tuple(section for part in parts for section in part.sections),
        passages=tuple(passage for part in parts for passage in part.passages),
    )
    return Parsed(parsed, _report(file, layout, parts, document))


@dataclass(frozen=True, slots=True)
class _Part:
    """What one region of a document gave."""

    plan: Plan | None
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    inferred: tuple[Fact, ...]


def _check_digest(name: str, digest: str, entry: DocumentEntry | None) -> None:
    if entry and entry.sha256 and entry.sha256 != digest:
        raise CatalogueMismatchError(
            f"{name} is not the file that was catalogued (its SHA-256 is {digest}): "
            "restore the file, or correct sha256 in the catalogue."
        )


def _check_plans(name: str, parts: Sequence[_Part]) -> None:
    ids = [part.plan.id for part in parts if part.plan]
    repeated = sorted({each for each in ids if ids.count(each) > 1})
    if repeated:
        raise CatalogueMismatchError(
            f"{name} would hold two plans of one area and period ({repeated[0]}): "
            "give them different areas or periods in the catalogue."
        )


def _document(
    name: str, digest: str, file: ReadFile, layout: Layout, entry: DocumentEntry | None
) -> Document:
    return Document(
        id=document_id(digest),
        title=layout.title,
        source=name,
        sha256=digest,
        text_sha256=sha256_hex(file.text),
        characters=len(file.text),
        pages=file.pages,
        status=ReadStatus.DEGRADED if file.notes else ReadStatus.READ,
        publisher=entry.publisher if entry else None,
        publisher_inferred=entry.publisher_inferred if entry else False,
        published=entry.published if entry else None,
        licence=entry.licence if entry else None,
        origin=entry.source if entry else None,
    )


def _part(file: ReadFile, document: Document, region: Region) -> _Part:
    plan = _plan(file, document, region)
    stretch = Stretch(
        document_id=document.id,
        plan_id=plan.id if plan else None,
        title=region.title,
        blocks=file.blocks[region.start : region.end],
        heading=None if region.heading is None else region.heading - region.start,
        period=plan.period if plan else None,
        kind=plan.kind if plan else None,
    )
    outlined = outline(file.text, stretch)
    area = plan.area if plan else None
    return _Part(
        plan=plan,
        sections=tuple(each.section for each in outlined),
        passages=tuple(passage for each in outlined for passage in passages(file.text, each, area)),
        inferred=region.plan.inferred if region.plan else (),
    )


def _plan(file: ReadFile, document: Document, region: Region) -> Plan | None:
    facts = region.plan
    if facts is None:
        return None
    start, end = file.blocks[region.start].span.start, file.blocks[region.end - 1].span.end
    return Plan(
        id=plan_id(document.id, facts.area, facts.period),
        document_id=document.id,
        title=facts.title,
        area=facts.area,
        partnership=facts.partnership,
        kind=facts.kind,
        period=facts.period,
        basis=facts.basis,
        span=Span(start=start, end=end),
        read_whole=file.whole,
    )


def _report(
    file: ReadFile, layout: Layout, parts: Sequence[_Part], document: Document
) -> FileReport:
    plans = tuple(_plan_report(part, part.plan) for part in parts if part.plan)
    return FileReport(
        name=document.source,
        outcome=Outcome.DEGRADED if file.notes else Outcome.READ,
        document_id=document.id,
        plans=plans,
        inferred=layout.inferred,
        notes=file.notes if plans else (*file.notes, _NO_PLAN),
    )


def _plan_report(part: _Part, plan: Plan) -> PlanReport:
    priorities = (section for section in part.sections if section.role is Role.PRIORITY)
    return PlanReport(
        id=plan.id,
        area=plan.area,
        title=plan.title,
        period=plan.period,
        priorities=tuple(section.path[-1] for section in priorities),
        inferred=part.inferred,
    )

"""One file's bytes to one parsed document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.catalogue import Catalogue, DocumentEntry
from corpus.ids import document_id, plan_id, sha256_hex
from corpus.models import (
    Document,
    Fact,
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
from ingest.errors import CatalogueMismatchError, EmptyFileError, IngestError
from ingest.maker import maker
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


_UNREAD = "The boards for {areas} say that it could not be read."


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
    names = PlaceNames("\n".join((file.text, file.title or "")), catalogue)
    layout = laid_out(name, file, entry or catalogue.stated, names)
    _check_words(name, file, layout)
    return _parsed(file, layout, _document(name, digest, file, layout, entry))


def unread(name: str, sha256: str, catalogue: Catalogue, error: IngestError) -> Parsed | None:
    """What to hold of a file whose words can't be read: a plan that its boards say that of.

    None where neither the catalogue nor the file's name tells the area of any plan.
    """
    entry = catalogue.entry(PurePath(name).name)
    file = ReadFile(text="", blocks=(), notes=(str(error),), whole=False)
    known = _without_headings(entry) if entry else catalogue.stated
    layout = laid_out(name, file, known, PlaceNames("", catalogue))
    plans = [region.plan.area for region in layout.regions if region.plan]
    if not plans:
        return None
    parsed = _parsed(file, layout, _document(name, sha256, file, layout, entry))
    report = FileReport(
        name=name,
        outcome=Outcome.FAILED,
        document_id=parsed.document.document.id,
        plans=parsed.report.plans,
        inferred=parsed.report.inferred,
        notes=(_UNREAD.format(areas=", ".join(plans)),),
        problem=str(error),
    )
    return Parsed(parsed.document, report)


def _without_headings(entry: DocumentEntry) -> DocumentEntry:
    """An entry for a file of which no heading can be found."""
    plans = (plan.model_copy(update={"heading": None}) for plan in entry.plan)
    return entry.model_copy(update={"plan": tuple(plans)})


def _parsed(file: ReadFile, layout: Layout, document: Document) -> Parsed:
    parts = [_part(file, document, region) for region in layout.regions]
    _check_plans(document.source, parts)
    parsed = ParsedDocument(
        document=document,
        text=file.text,
        plans=tuple(part.plan for part in parts if part.plan),
        sections=tuple(section for part in parts for section in part.sections),
        passages=tuple(passage for part in parts for passage in part.passages),
    )
    return Parsed(parsed, _report(file, layout, parts, document))


def parse_key(name: str, sha256: str, catalogue: Catalogue) -> str:
    """A digest of all that `parse` depends on: the same key again gives the same document."""
    last = PurePath(name).name  # no more of the name is read
    parts = (maker(), last, sha256, catalogue.narrowed(last).model_dump_json())
    return sha256_hex("\n".join(parts))


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


def _check_words(name: str, file: ReadFile, layout: Layout) -> None:
    """A file that no word could be read of is held where its area is known, for its board."""
    if not file.blocks and not any(region.plan for region in layout.regions):
        raise EmptyFileError(f"{name}: {' '.join(file.notes)}")


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
        status=_status(file),
        notes=file.notes,
        left_out=file.left_out,
        inferred=layout.inferred,
        publisher=entry.publisher if entry else None,
        publisher_inferred=entry.publisher_inferred if entry else False,
        published=entry.published if entry else None,
        licence=entry.licence if entry else None,
        origin=entry.source if entry else None,
    )


def _status(file: ReadFile) -> ReadStatus:
    if not file.whole:
        return ReadStatus.UNREADABLE
    return ReadStatus.DEGRADED if file.notes else ReadStatus.READ


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
    outlined = outline(file.text, stretch) if stretch.blocks else []
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
    blocks = file.blocks[region.start : region.end]
    return Plan(
        id=plan_id(document.id, facts.area, facts.period),
        document_id=document.id,
        title=facts.title,
        area=facts.area,
        partnership=facts.partnership,
        kind=facts.kind,
        period=facts.period,
        basis=facts.basis,
        span=Span(
            start=blocks[0].span.start if blocks else 0, end=blocks[-1].span.end if blocks else 0
        ),
        read_whole=file.whole,
        inferred=facts.inferred,
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
        left_out=file.left_out,
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

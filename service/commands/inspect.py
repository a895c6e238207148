"""`saferplans inspect`: how a document was understood, for a person to see in ten seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from corpus.catalogue import Catalogue, Stated
from corpus.models import Role
from ingest.pipeline import ingest_files
from ingest.workers import DEFAULT_LIMITS
from service import messages
from service.bootstrap import Bootstrap
from service.commands import options
from service.outlines import held_outline, parsed_outline
from service.schemas import DocumentOutline, FactOut, OutlinePart, OutlineSection
from service.terminal import printable


@click.command("inspect")
@click.argument("document", metavar="DOCUMENT")
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file that says what the document is; else catalogue.toml beside it.",
)
@options.stated
@options.place
@options.as_json
@options.pass_bootstrap
def command(
    bootstrap: Bootstrap,
    *,
    document: str,
    catalogue: Path | None,
    stated: Stated,
    where: options.Where,
    as_json: bool,
) -> None:
    """Show how DOCUMENT, a file or the id or name of a document held, was understood.

    A file is read as an ingest would read it, and not added.
    """
    path = Path(document)
    if path.is_file():
        described = options.described(catalogue, [path.parent])
        outline = _read(path, described.model_copy(update={"stated": stated}))
    else:
        outline = _held(document, bootstrap, where)
    if as_json:
        options.print_json(outline)
    else:
        click.echo("\n".join(map(printable, outline_lines(outline))))


def _read(path: Path, catalogue: Catalogue) -> DocumentOutline:
    entry = catalogue.narrowed(path.name)
    result = ingest_files([path], entry, limits=DEFAULT_LIMITS)
    if not result.documents:
        raise click.ClickException(
            result.report.files[0].problem or messages.no_document(path.name)
        )
    return parsed_outline(result.documents[0])


def _held(name: str, bootstrap: Bootstrap, where: options.Where) -> DocumentOutline:
    engine = bootstrap.engine(where.settings())
    found = [each for each in engine.documents() if name in (each.id, each.source, *each.copies)]
    if len(found) != 1:
        raise click.ClickException(
            messages.not_one_document(name, [each.id for each in found])
            if found
            else messages.no_document(name)
        )
    return held_outline(found[0], engine)


def outline_lines(outline: DocumentOutline) -> Iterator[str]:
    """The outline as lines: what is known, then each part as a tree with pages and sizes."""
    size = messages.size(outline.pages, outline.characters, outline.passages)
    yield f"{outline.source}: {outline.status.value}, {size}"
    yield from map(_fact, outline.facts)
    yield from outline.notes
    if outline.left_out:
        yield messages.left_out(outline.left_out)
    if all(part.plan_id is None for part in outline.parts):
        yield messages.NO_AREA
    for part in outline.parts:
        yield ""
        yield from _part_lines(part)


def _part_lines(part: OutlinePart) -> Iterator[str]:
    yield from map(_fact, part.facts) if part.plan_id else [messages.OUTSIDE_PLANS]
    yield "  page characters passages"
    yield from map(_section_line, part.sections)


def _section_line(section: OutlineSection) -> str:
    page = "-" if section.page is None else f"{section.page:,}"
    role = "" if section.role is Role.OTHER else f" ({messages.role(section.role.value)})"
    indent = "  " * section.depth
    counts = f"{page:>6} {section.characters:>10,} {section.passages:>8,}"
    return f"{counts}  {indent}{section.title}{role}"


def _fact(fact: FactOut) -> str:
    return messages.fact(fact.what, fact.value, fact.reason)

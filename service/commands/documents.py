"""`saferplans documents`: what is held."""

from __future__ import annotations

from collections.abc import Iterator

import click

from service import messages
from service.bootstrap import Bootstrap
from service.commands import options
from service.holdings import document_out
from service.schemas import DocumentList, DocumentOut
from service.terminal import printable


@click.command("documents")
@options.place
@options.as_json
@options.pass_bootstrap
def command(bootstrap: Bootstrap, *, where: options.Where, as_json: bool) -> None:
    """List the documents held."""
    engine = bootstrap.engine(where.settings())
    held = tuple(document_out(each, engine) for each in engine.documents())
    if as_json:
        options.print_json(DocumentList(documents=held, next_cursor=None))
        return
    for document in held:
        for line in _lines(document):
            click.echo(printable(line))
    click.echo(messages.held_now(len(held), changed=True))


def _lines(document: DocumentOut) -> Iterator[str]:
    """A document's id and name, and below them what is known of it."""
    yield f"{document.id}  {document.source}"
    indent = " " * (len(document.id) + 2)
    yield indent + messages.document_facts(
        document.areas, document.period, document.pages, document.status
    )
    if document.copies:
        yield indent + messages.also_called(document.copies)
    yield from (indent + note for note in document.notes)

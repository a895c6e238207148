"""`saferplans remove`: documents out of the index."""

from __future__ import annotations

import click

from service.bootstrap import Bootstrap
from service.commands import options
from service.commands.ingested import ingest_lines
from service.ingestion import UnknownDocumentError


@click.command("remove")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@options.place
@options.as_json
@options.pass_bootstrap
def command(
    bootstrap: Bootstrap, *, documents: tuple[str, ...], where: options.Where, as_json: bool
) -> None:
    """Remove documents, named by id or by file name; the files themselves stay where they are."""
    settings = where.settings()
    try:
        done = bootstrap.ingestion(settings, options.feedback()).remove(documents)
    except UnknownDocumentError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        options.print_json(done)
    else:
        for line in ingest_lines(done):
            click.echo(line)

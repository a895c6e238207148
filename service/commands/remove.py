"""`saferplans remove`: documents out of the index."""

from __future__ import annotations

from pathlib import Path

import click

from service.bootstrap import Bootstrap
from service.commands import options
from service.commands.ingested import ingest_lines
from service.ingestion import UnknownDocumentError
from service.settings import load_settings


@click.command("remove")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@options.data_dir
@options.as_json
@options.pass_bootstrap
def command(
    bootstrap: Bootstrap, *, documents: tuple[str, ...], data_dir: Path | None, as_json: bool
) -> None:
    """Remove documents, named by id or by file name; the files themselves stay where they are."""
    settings = load_settings(data_dir=data_dir)
    try:
        done = bootstrap.ingestion(settings, options.feedback()).remove(documents)
    except UnknownDocumentError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        options.print_json(done)
    else:
        for line in ingest_lines(done):
            click.echo(line)

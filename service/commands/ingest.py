"""`saferplans ingest`: files into the index."""

from __future__ import annotations

from pathlib import Path

import click

from service.bootstrap import Bootstrap
from service.commands import options
from service.commands.ingested import ingest_lines
from service.settings import load_settings


@click.command("ingest")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file that says what the documents are; else catalogue.toml in a folder given.",
)
@options.data_dir
@options.as_json
@options.pass_bootstrap
@click.pass_context
def command(
    context: click.Context,
    bootstrap: Bootstrap,
    *,
    paths: tuple[Path, ...],
    catalogue: Path | None,
    data_dir: Path | None,
    as_json: bool,
) -> None:
    """Add documents to those held; a file of the same name is replaced."""
    settings = load_settings(data_dir=data_dir)
    described = options.described(catalogue, paths)
    done = bootstrap.ingestion(settings, options.feedback()).add(paths, described)
    if as_json:
        options.print_json(done)
    else:
        for line in ingest_lines(done):
            click.echo(line)
    context.exit(1 if done.report.failed else 0)

"""`saferplans ingest`: files into the index."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.catalogue import Stated
from service import messages
from service.bootstrap import Bootstrap
from service.commands import options
from service.commands.ingested import ingest_lines


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
@click.option(
    "--prune", is_flag=True, help="Remove documents whose files are gone from the folders given."
)
@options.stated
@options.jobs(messages.JOBS_HERE)
@options.place
@options.as_json
@options.pass_bootstrap
@click.pass_context
def command(  # noqa: PLR0913 - one argument an option
    context: click.Context,
    bootstrap: Bootstrap,
    *,
    paths: tuple[Path, ...],
    catalogue: Path | None,
    stated: Stated,
    prune: bool,
    jobs: int | None,
    where: options.Where,
    as_json: bool,
) -> None:
    """Add documents to those held: files, and all files in folders.

    What is held already isn't read again. A file that changed replaces its earlier version; of one
    that is gone from a folder the document stays, and is reported, unless --prune is given.
    """
    settings = where.settings()
    described = options.described(catalogue, paths).model_copy(update={"stated": stated})
    adding = bootstrap.adding(settings, options.feedback(), jobs)
    done = adding.add(paths, described, prune=prune)
    if as_json:
        options.print_json(done)
    else:
        for line in ingest_lines(done):
            click.echo(line)
    context.exit(1 if done.report.failed else 0)

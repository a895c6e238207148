"""`saferplans verify`: an exported answer against the documents held."""

from __future__ import annotations

from typing import BinaryIO

import click

from service import messages
from service.bootstrap import Bootstrap
from service.commands import options
from service.verification import ExportError, read_export
from service.verification import verify as run_verify


@click.command("verify")
@click.argument("file", type=click.File("rb"))
@options.place
@options.as_json
@options.pass_bootstrap
@click.pass_context
def command(
    context: click.Context,
    bootstrap: Bootstrap,
    *,
    file: BinaryIO,
    where: options.Where,
    as_json: bool,
) -> None:
    """Check every citation of an answer or board saved as JSON; FILE may be '-'."""
    settings = where.settings()
    try:
        export = read_export(file.read())
    except ExportError as error:
        raise click.ClickException(str(error)) from error
    result = run_verify(export, bootstrap.engine(settings))
    if as_json:
        options.print_json(result)
    else:
        for failure in result.failures:
            click.echo(messages.failed_citation(failure.n, failure.reason))
        click.echo(
            messages.verified(
                result.citations, len(result.failures), same_generation=result.same_generation
            )
        )
    context.exit(0 if result.passed else 1)

"""`saferplans doctor`: what is wrong here, and what to do about it."""

from __future__ import annotations

import click

from service.bootstrap import Bootstrap
from service.commands import options
from service.doctor import State

_MARKS = {State.OK: "✓", State.NOTE: "•", State.FAILED: "✗"}


@click.command("doctor")
@options.place
@options.as_json
@options.pass_bootstrap
@click.pass_context
def command(
    context: click.Context, bootstrap: Bootstrap, *, where: options.Where, as_json: bool
) -> None:
    """Check the installation and the data directory."""
    settings = where.settings()
    diagnosis = bootstrap.examine(settings)
    if as_json:
        options.print_json(diagnosis)
    else:
        for check in diagnosis.checks:
            click.echo(f"{_MARKS[check.state]} {check.name}: {check.found}")
            if check.remedy:
                click.echo(f"    {check.remedy}")
    context.exit(0 if diagnosis.healthy else 1)

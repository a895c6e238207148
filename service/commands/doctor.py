"""`saferplans doctor`: what is wrong here, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import click

from service.bootstrap import Bootstrap
from service.commands import options
from service.doctor import State, examine
from service.settings import load_settings

_MARKS = {State.OK: "✓", State.NOTE: "•", State.FAILED: "✗"}


@click.command("doctor")
@options.data_dir
@options.as_json
@options.pass_bootstrap
@click.pass_context
def command(
    context: click.Context, bootstrap: Bootstrap, *, data_dir: Path | None, as_json: bool
) -> None:
    """Check the installation and the data directory."""
    settings = load_settings(data_dir=data_dir)
    diagnosis = examine(settings.data_dir, lambda: bootstrap.embedder(settings))
    if as_json:
        options.print_json(diagnosis)
    else:
        for check in diagnosis.checks:
            click.echo(f"{_MARKS[check.state]} {check.name}: {check.found}")
            if check.remedy:
                click.echo(f"    {check.remedy}")
    context.exit(0 if diagnosis.healthy else 1)

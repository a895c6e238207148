"""`saferplans slack`: the bot, until Ctrl-C."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from pathlib import Path

import click

from bots.slack import operator_messages as messages
from bots.slack.check import findings
from bots.slack.manifest import manifest_text
from bots.slack.server import serve
from bots.slack.settings import Settings, SettingsError, load_settings


@click.command("slack", help=messages.SUMMARY)
@click.option(
    "--check", is_flag=True, help="Say what is wrong with tokens, permissions and service; stop."
)
@click.option(
    "--manifest", is_flag=True, help="Print the Slack app's manifest, to make the app from; stop."
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that holds slack.sqlite3; else SAFERPLANS_DATA_DIR.",
)
def command(*, check: bool, manifest: bool, data_dir: Path | None) -> None:
    """Runs the bot, or looks at what it needs."""
    if manifest:
        click.echo(manifest_text(), nl=False)
        return
    try:
        settings = load_settings(data_dir=data_dir)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if check:
        asyncio.run(_check(settings))
    else:
        _serve(settings)


async def _check(settings: Settings) -> None:
    good = True
    async for finding in findings(settings):
        mark = messages.CHECK_OK if finding.good else messages.CHECK_BAD
        click.echo(f"{mark} {finding.sentence}")
        good = good and finding.good
    if not good:
        raise click.exceptions.Exit(1)


def _serve(settings: Settings) -> None:
    if missing := settings.missing():
        raise click.UsageError(messages.missing_settings(missing))
    logging.getLogger("saferplans").setLevel(logging.INFO)
    with _listen(settings.slack_host, settings.slack_port) as listener:
        host, port = listener.getsockname()[:2]
        click.echo(messages.starting(settings.slack_mode, host, port), err=True)
        # The server finishes what is in flight, then hands on the signal that stopped it.
        with suppress(KeyboardInterrupt):
            if fault := serve(settings, listener):
                raise click.ClickException(fault)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise click.ClickException(messages.cannot_listen(host, port, error.strerror)) from error

"""The command line, `saferplans`: commands are imported when they are used, faults told plainly.

Other packages add commands through the entry-point group `saferplans.commands`.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from corpus.catalogue import CatalogueError
from index.errors import BrokenGenerationError, FingerprintMismatchError, IndexingError
from service import messages
from service.settings import PREFIX, Settings, SettingsError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "saferplans.commands"

# Imported by name on use: some of these take seconds to import.
_COMMANDS = {
    "ask": "service.commands.ask",
    "search": "service.commands.search",
    "ingest": "service.commands.ingest",
    "inspect": "service.commands.inspect",
    "documents": "service.commands.documents",
    "remove": "service.commands.remove",
    "worker": "service.commands.worker",
    "serve": "service.commands.serve",
    "verify": "service.commands.verify",
    "eval": "service.commands.evaluate",
    "doctor": "service.commands.doctor",
}

_TOLD = (CatalogueError, IndexingError)
"""Errors whose text is one sentence for a person, with the fix."""


class CommandLine(click.Group):
    """Loads a command when it is used, and tells errors in sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """The commands of this package, then those of others."""
        return [*_COMMANDS, *sorted(_added())]

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """A command by its name, or None."""
        if cmd_name in _COMMANDS:
            command: click.Command = import_module(_COMMANDS[cmd_name]).command
            return command
        added = _added().get(cmd_name)
        return added.load() if added else None

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the settings under the commands."""
        super().format_epilog(ctx, formatter)
        with formatter.section(messages.SETTINGS):
            formatter.write_dl(
                [
                    (f"{PREFIX}{name.upper()}", field.description or "")
                    for name, field in Settings.model_fields.items()
                ]
            )

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; exit status 1 for what failed, 2 for a setting that can't be."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.UsageError(str(error)) from error
        except (FingerprintMismatchError, BrokenGenerationError) as error:
            raise click.ClickException(f"{error} {messages.START_OVER}") from error
        except _TOLD as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            raise  # the reader of our output has gone; click ends quietly
        except OSError as error:
            told = messages.disk_trouble(error.filename or "The disk", error.strerror)
            raise click.ClickException(told) from error


_ALLOCATIONS = 50_000
"""Objects made since the last search for garbage that begin another; Python's own is 700."""


def _added() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - looks at every package

    return {point.name: point for point in entry_points(group=ENTRY_POINTS)}


@click.group(cls=CommandLine, help=messages.SUMMARY)
@click.version_option(package_name="saferplans")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Sets up the process and its output for all commands."""
    # What a start makes, modules and vocabulary, stays: to look for garbage in it is in vain, and
    # takes a tenth of the time of a short command.
    gc.set_threshold(_ALLOCATIONS)
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        ctx.color = False
    # A terminal that can't show a character shows '?' for it rather than a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

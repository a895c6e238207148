"""Options that several commands share, and how they print."""

from __future__ import annotations

import functools
import logging
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import BaseModel, ValidationError

from corpus.catalogue import Catalogue, Stated, load_catalogue, parse_period
from corpus.models import Period, PlanKind
from ingest.sources import CATALOGUE_NAME
from service import messages
from service.bootstrap import Bootstrap
from service.feedback import Feedback
from service.ports import Engine
from service.schemas import Filters
from service.settings import Settings, load_settings
from service.terminal import Layout

_WIDEST = 100
"""Columns; longer lines are hard to read."""

_CELLS = 30
"""Columns of a progress bar."""

pass_bootstrap = click.make_pass_decorator(Bootstrap, ensure=True)

_Command = TypeVar("_Command", bound=Callable[..., Any])

as_json = click.option("--json", "as_json", is_flag=True, help="Print the API's JSON.")


@dataclass(frozen=True)
class Where:
    """Where the index is, as the command line says; None leaves it to the environment."""

    data_dir: Path | None
    engine: str | None

    def settings(self, **others: object) -> Settings:
        """The settings of the environment under these and other options.

        Raises:
            SettingsError: a value can't be.
        """
        return load_settings(data_dir=self.data_dir, engine=self.engine, **others)


def place(command: _Command) -> Callable[..., Any]:
    """Options that say where the index is, handed on as one `where`."""

    @click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder that holds the index; else SAFERPLANS_DATA_DIR.",
    )
    @click.option(
        "--engine",
        metavar="ADDRESS",
        help="Database that holds the index instead, postgresql://…; else SAFERPLANS_ENGINE.",
    )
    @functools.wraps(command)
    def with_place(*passed: Any, data_dir: Path | None, engine: str | None, **others: Any) -> Any:
        return command(*passed, where=Where(data_dir, engine), **others)

    return with_place


def jobs(words: str, least: int = 0) -> Callable[[_Command], _Command]:
    """The option that says how many jobs are done at once."""
    return click.option("--jobs", type=click.IntRange(min=least), help=words)


def log_to_stderr() -> None:
    """Logs the lines of the service itself, and the warnings of the libraries."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("saferplans", "service"):
        logging.getLogger(name).setLevel(logging.INFO)


def filters(command: _Command) -> Callable[..., Any]:
    """Options that choose plans by area, id or year, handed on as one `filters`."""

    @click.option("--area", multiple=True, help="An area or an alias of it; may be repeated.")
    @click.option("--plan", multiple=True, metavar="ID", help="A plan's id; may be repeated.")
    @click.option("--year", type=click.IntRange(1900, 2200), help="A year inside the period.")
    @functools.wraps(command)
    def with_filters(
        *passed: Any, area: tuple[str, ...], plan: tuple[str, ...], year: int | None, **others: Any
    ) -> Any:
        chosen = Filters(areas=area or None, plans=plan or None, year=year)
        return command(*passed, filters=chosen, **others)

    return with_filters


def described(given: Path | None, folders: Iterable[Path]) -> Catalogue:
    """The catalogue that was given, or else the one that lies in one of the folders."""
    nearby = [folder / CATALOGUE_NAME for folder in folders]
    found = [given] if given else [path for path in nearby if path.is_file()]
    if len(found) > 1:
        raise click.UsageError(messages.several_catalogues(found))
    return load_catalogue(found[0]) if found else Catalogue()


def stated(command: _Command) -> Callable[..., Any]:
    """Options that state what would else be inferred, handed on as one `stated`."""

    @click.option("--area", help="The area of the plan, for files that no catalogue describes.")
    @click.option("--period", callback=_period, help="Its years, as 2021-2024, 2011/12 or 2011.")
    @click.option("--kind", type=click.Choice([kind.value for kind in PlanKind]), help="Its kind.")
    @click.option("--partnership", help="Whose plan it is.")
    @click.option("--title", help="Its title.")
    @functools.wraps(command)
    def with_statement(
        *passed: Any,
        area: str | None,
        period: Period | None,
        kind: str | None,
        partnership: str | None,
        title: str | None,
        **others: Any,
    ) -> Any:
        chosen = Stated(
            area=area,
            period=period,
            kind=PlanKind(kind) if kind else None,
            partnership=partnership,
            title=title,
        )
        return command(*passed, stated=chosen, **others)

    return with_statement


def _period(_context: click.Context, _option: click.Parameter, words: str | None) -> Period | None:
    try:
        return parse_period(words) if words else None
    except ValueError as error:
        raise click.BadParameter(messages.no_period(words or "")) from error


def print_json(result: BaseModel) -> None:
    """Prints the object that the API gives, as UTF-8 whatever the terminal's encoding."""
    click.echo(result.model_dump_json(indent=2).encode())


def layout(settings: Settings, engine: Engine) -> Layout:
    """How to lay out on the terminal that is there."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    sources = {document.id: document.source for document in engine.documents()}
    return Layout(width, settings.public_url, sources)


def first_problem(error: ValidationError) -> str:
    """The first thing that is wrong with what was asked for."""
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return messages.invalid(field, first["type"], first.get("ctx", {}), first["msg"])


def feedback() -> Feedback:
    """Tells on standard error how long work goes: notes always, a bar on a terminal only."""
    return Feedback(
        note=lambda sentence: click.echo(sentence, err=True),
        embedding=bar(messages.EMBEDDING),
        reading=bar(messages.READING),
    )


def bar(label: str) -> Callable[[int, int], None]:
    """A progress bar; called with what is done and all there is."""
    if not sys.stderr.isatty():
        return lambda _done, _total: None

    def draw(done: int, total: int) -> None:
        filled = _CELLS * done // max(total, 1)
        bar = "█" * filled + "░" * (_CELLS - filled)
        click.echo(f"\r{label} {bar} {done:,}/{total:,}", err=True, nl=done >= total)

    return draw

"""`saferplans search`: passages by their words, their meaning, or both."""

from __future__ import annotations

import click
from pydantic import ValidationError

from corpus.retrieval import SearchMode
from service import messages
from service.bootstrap import Bootstrap
from service.commands import options
from service.paging import DEFAULT_LIMIT, MAX_LIMIT, BadCursorError
from service.queries import SearchQuery
from service.schemas import Filters
from service.terminal import search_text


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in SearchMode]),
    default=SearchMode.HYBRID.value,
    show_default=True,
    help="By words, by meaning, or both.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_LIMIT),
    default=DEFAULT_LIMIT,
    show_default=True,
    help="Passages to show.",
)
@click.option("--cursor", help="Where to go on: printed with the page before.")
@click.option("--document", multiple=True, metavar="ID", help="A document's id; may be repeated.")
@click.option(
    "--without", multiple=True, metavar="TERM", help="A term added by meaning that is not wanted."
)
@click.option(
    "--expand/--no-expand", default=True, show_default=True, help="Add other words for the same."
)
@options.filters
@options.place
@options.as_json
@options.pass_bootstrap
def command(
    bootstrap: Bootstrap,
    /,
    *,
    query: tuple[str, ...],
    filters: Filters,
    where: options.Where,
    as_json: bool,
    **how: object,
) -> None:
    """Find passages for QUERY.

    "…" is a phrase, burgl* any ending; AND, OR, NOT, +, - and brackets join words.
    """
    asked = _query(" ".join(query), filters, how)
    settings = where.settings()
    held = bootstrap.library(settings, options.feedback()).held()
    try:
        page = held.search(asked)
    except BadCursorError as error:
        raise click.UsageError(messages.BAD_CURSOR) from error
    if as_json:
        options.print_json(page)
    else:
        click.echo(search_text(page, options.layout(settings, held.engine)))


def _query(words: str, filters: Filters, how: dict[str, object]) -> SearchQuery:
    values = {"q": words, "area": filters.areas or (), "plan": filters.plans or (), **how}
    try:
        return SearchQuery.model_validate(values | {"year": filters.year})
    except ValidationError as error:
        raise click.UsageError(options.first_problem(error)) from error

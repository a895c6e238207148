"""`saferplans ask`: a question, answered in the terminal."""

from __future__ import annotations

import click
from pydantic import ValidationError

from service import messages
from service.bootstrap import Bootstrap
from service.commands import options
from service.queries import AskBody, is_blank
from service.schemas import Filters
from service.terminal import answer_text


@click.command("ask")
@click.argument("question", nargs=-1, required=True)
@options.filters
@options.place
@options.as_json
@options.pass_bootstrap
def command(
    bootstrap: Bootstrap,
    *,
    question: tuple[str, ...],
    filters: Filters,
    where: options.Where,
    as_json: bool,
) -> None:
    """Answer QUESTION from every plan held, with citations."""
    request = _request(" ".join(question), filters)
    settings = where.settings()
    held = bootstrap.library(settings, options.feedback()).held()
    answer = held.answer(request)
    if as_json:
        options.print_json(answer)
    else:
        click.echo(answer_text(answer, options.layout(settings, held.engine)))


def _request(question: str, filters: Filters) -> AskBody:
    try:
        return AskBody(question=question, filters=filters)
    except ValidationError as error:
        blank = is_blank(question)
        fault = messages.ASK_SOMETHING if blank else messages.QUESTION_TOO_LONG
        raise click.UsageError(fault) from error

"""`saferplans eval`: answers measured against questions whose right answers are known."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from ingest.sources import CATALOGUE_NAME
from service import messages
from service.bootstrap import Bootstrap
from service.commands import options
from service.commands.ingested import ingest_lines
from service.evaluation.questions import QuestionsError, load_questions
from service.evaluation.report import report
from service.evaluation.run import evaluate
from service.settings import EMBEDDED, Settings


@click.command("eval")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--documents",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Ask about the documents of this folder, in an index made for this run only.",
)
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What these documents are; else catalogue.toml in the folder or beside it.",
)
@click.option("--json", "out", type=click.File("w", encoding="utf-8"), help="Write all to a file.")
@options.place
@options.pass_bootstrap
def command(
    bootstrap: Bootstrap,
    *,
    file: Path,
    documents: Path | None,
    catalogue: Path | None,
    out: TextIO | None,
    where: options.Where,
) -> None:
    """Score the answers to the questions of FILE, with plain retrieval beside them."""
    settings = where.settings()
    try:
        questions = load_questions(file)
    except QuestionsError as error:
        raise click.ClickException(str(error)) from error
    with _where(settings, bootstrap, documents, catalogue) as place:
        held = bootstrap.library(place, options.feedback()).held()
        done = evaluate(questions, held, options.bar(messages.ASKING))
    if out:
        json.dump(done.as_json(), out, indent=1, ensure_ascii=False)
        out.write("\n")
    click.echo(report(done))


@contextmanager
def _where(
    settings: Settings, bootstrap: Bootstrap, documents: Path | None, catalogue: Path | None
) -> Iterator[Settings]:
    """The data directory to ask: the one that is set, or one made of `documents` for now."""
    if documents is None:
        yield settings
        return
    described = options.described(catalogue, _nearest_catalogue(documents))
    # Data files, such as the catalogue, are no documents.
    paths = sorted(path for path in documents.iterdir() if path.suffix != ".toml")
    # What the index still has open may come back while the folder goes: a leftover in the system's
    # temporary folder is no fault of the evaluation.
    with tempfile.TemporaryDirectory(
        prefix="saferplans-eval-", ignore_cleanup_errors=True
    ) as folder:
        temporary = settings.model_copy(update={"data_dir": Path(folder), "engine": EMBEDDED})
        done = bootstrap.ingestion(temporary, options.feedback()).add(paths, described)
        for line in ingest_lines(done):
            click.echo(line, err=True)
        yield temporary


def _nearest_catalogue(documents: Path) -> list[Path]:
    """The folder that holds a catalogue of these documents: their own, or the one above it."""
    around = (documents, documents.resolve().parent)
    return [folder for folder in around if (folder / CATALOGUE_NAME).is_file()][:1]

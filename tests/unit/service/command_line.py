"""Runs the command line in this process, with the deterministic embedder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from index.embedding import Embedder
from service.bootstrap import Bootstrap
from service.cli import main
from service.settings import Settings
from tests.fakes import FakeEmbedder


def fake_embedder(_settings: Settings) -> Embedder:
    return FakeEmbedder()


def run(
    *arguments: str | Path,
    stdin: str | bytes | None = None,
    embedder: Callable[[Settings], Embedder] = fake_embedder,
) -> Result:
    """What a command did; an exception that it let out is raised here."""
    words = [str(argument) for argument in arguments]
    result = CliRunner().invoke(main, words, input=stdin, obj=Bootstrap(embedder))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def one_sentence(result: Result) -> str:
    """The one sentence, or two, with which a command failed; checks that it is no more."""
    told = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(told) == 1, result.stderr
    assert "Traceback" not in result.output
    return told[0]

"""`saferplans`, whose `serve` has two addresses more: they tell what embedding costs in there.

A program that embeds in a process of its own measures something else: two sets of the model's
threads get in each other's way.
"""

from __future__ import annotations

import time
from unittest.mock import patch

from fastapi import FastAPI

from bench.timed_embedder import TimedEmbedder
from service import cli
from service.app import build_app
from service.bootstrap import Bootstrap, load_embedder
from service.commands import serve
from service.settings import load_settings
from service.state import AppState

EMBED = "/bench/embed"
"""Takes a text as `q` and gives the milliseconds of embedding it once."""

SPENT = "/bench/spent"
"""Gives how often texts were embedded since it was last asked, and the milliseconds of that."""


def timed_app(state: AppState, embedder: TimedEmbedder) -> FastAPI:
    """The application as it is, with the addresses `EMBED` and `SPENT`."""
    app = build_app(state)

    # Not async, as the routes of the service: all then take turns on one thread. The embedder
    # itself, since the engine keeps the vectors of questions.
    @app.get(EMBED)
    def embed(q: str) -> float:
        started = time.perf_counter()
        embedder.inner.embed([q])
        return (time.perf_counter() - started) * 1000

    @app.get(SPENT)
    def spent() -> dict[str, float]:
        found = {"calls": embedder.calls, "milliseconds": embedder.seconds * 1000}
        embedder.calls, embedder.seconds = 0, 0.0
        return found

    return app


def main() -> None:
    """The command line as it is: how it listens, logs and serves stays."""
    embedder = TimedEmbedder(load_embedder(load_settings()))
    with patch.object(serve, "build_app", lambda state: timed_app(state, embedder)):
        cli.main(obj=Bootstrap(lambda _settings: embedder))


if __name__ == "__main__":
    main()

"""Ingests a folder once, as a process that can be killed.

    python ingester.py DATA_DIR FOLDER

It prints `begin`, and when it is done the generation that is served, or the error instead.
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.catalogue import Catalogue
from index.errors import IndexingError
from index.places import Folder
from ingest.workers import Limits
from service.ingestion import Ingested, Ingestion
from tests.fakes import FakeEmbedder


def ingest(place: Path, folder: Path, *, prune: bool = False) -> Ingested:
    """Ingests a folder with the embedder that needs no model."""
    ingestion = Ingestion(
        Folder(place), FakeEmbedder(), limits=Limits(seconds=60, memory=1_000_000_000)
    )
    return ingestion.add([folder], Catalogue(), prune=prune)


def main(place: Path, folder: Path) -> None:
    """Ingests, and says how it went."""
    _say("begin")
    try:
        _say(f"done {ingest(place, folder).generation}")
    except IndexingError as error:
        _say(f"{type(error).__name__} {error}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

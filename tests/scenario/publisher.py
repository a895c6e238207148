"""Publishes one corpus after another until it is killed or has done its number; run as a process.

    python publisher.py DATA_DIR FIRST COUNT

It prints `begin N` before it publishes corpus N and `done N` after, or the error instead of that.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from corpus.models import Area, ParsedDocument
from index.errors import IndexingError
from index.generations import publish
from tests.builders import document, plan
from tests.fakes import FakeEmbedder

SECTIONS = 40


def corpus(number: int) -> list[ParsedDocument]:
    """A corpus that is told from others by the name of its document."""
    words = {f"Heading {n}": f"Metal theft {n} rose. Year {number}." for n in range(SECTIONS)}
    return [document(f"{number}.txt", plan("Stockton", words))]


def put(place: Path, number: int) -> str:
    """Publishes one corpus."""
    area = Area(name="Stockton")
    return publish(place, corpus(number), [area], FakeEmbedder(), chunker_version="1", report={})


def main(place: Path, first: int, count: int) -> None:
    """Publishes `count` corpora, numbered from `first`."""
    for number in range(first, first + count):
        _say("begin", number)
        try:
            put(place, number)
            _say("done", number)
        except IndexingError as error:
            _say(type(error).__name__, number, str(error))


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def command(place: Path, first: int, count: int) -> list[str]:
    """The command line that does this in a process of its own."""
    return [sys.executable, __file__, str(place), str(first), str(count)]


def environment() -> dict[str, str]:
    """What that process needs to find the packages where this one does, wherever it runs."""
    root = Path(__file__).parents[2]
    return os.environ | {"PYTHONPATH": os.pathsep.join([*filter(None, sys.path), str(root)])}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

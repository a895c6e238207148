"""What each part of the judge is worth: the verdict scores with one part taken out at a time.

Usage: python evals/ablation.py COLLECTION …
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import score_verdicts

from corpus.glossary import Glossary, load_glossary
from service.answering import vocabulary


def main(collections: list[str]) -> None:
    """Prints a row for the whole judge and for it without each part."""
    print("| judge | precision | recall | F1 of named | macro-F1 |\n|---|---|---|---|---|")
    for name, without in PARTS.items():
        with without():
            rows = [
                row
                for collection in collections
                for row in score_verdicts.rows_of(score_verdicts.COLLECTIONS / collection)
            ]
        f = score_verdicts.figures(rows)
        print(
            f"| {name} | {f['precision']:.3f} | {f['recall']:.3f} | {f['f1']:.3f} "
            f"| {f['macro_f1']:.3f} |"
        )


@contextmanager
def whole() -> Iterator[None]:
    """Takes nothing out."""
    yield


@contextmanager
def without_bridge() -> Iterator[None]:
    """No topic is bridged to a term by meaning."""
    with patch.object(vocabulary, "_BRIDGE", 2.0), patch.object(vocabulary, "_PERHAPS", 2.0):
        yield


@contextmanager
def without_glossary() -> Iterator[None]:
    """No synonyms and no classes: the topic's own words, spellings and initials."""
    kept = load_glossary().model_copy(update={"same": (), "classes": ()})
    with patch.object(score_verdicts, "load_glossary", lambda: kept):
        yield


@contextmanager
def without_narrower() -> Iterator[None]:
    """No thing names its class."""
    kept: Glossary = load_glossary().model_copy(update={"classes": ()})
    with patch.object(score_verdicts, "load_glossary", lambda: kept):
        yield


PARTS = {
    "whole": whole,
    "without the bridge by meaning": without_bridge,
    "without classes": without_narrower,
    "without the glossary": without_glossary,
}

if __name__ == "__main__":
    main(sys.argv[1:])

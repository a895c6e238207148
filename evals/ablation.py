"""What each part of the judge is worth: the verdict scores with one part taken out at a time.

Usage: python evals/ablation.py COLLECTION …
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

import score_verdicts

from corpus.glossary import Glossary, load_glossary
from corpus.words import content_stems
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
    with patch.object(vocabulary.Vocabulary, "_bridged", lambda *_: (None, [])):
        yield


@contextmanager
def without_meanings() -> Iterator[None]:
    """What the stretches of plans mean isn't looked at."""
    with patch.object(vocabulary.Vocabulary, "_meant_wordings", lambda *_: iter(())):
        yield


@contextmanager
def without_glossary() -> Iterator[None]:
    """No synonyms, classes or everyday words: the topic's own words, spellings and initials."""
    kept = load_glossary().model_copy(update={"same": (), "classes": (), "words": ()})
    with patch.object(score_verdicts, "load_glossary", lambda: kept):
        yield


@contextmanager
def without_narrower() -> Iterator[None]:
    """No thing names its class."""
    kept: Glossary = load_glossary().model_copy(update={"classes": ()})
    with patch.object(score_verdicts, "load_glossary", lambda: kept):
        yield


@contextmanager
def without_everyday_words() -> Iterator[None]:
    """No word stands for another inside a topic of several words."""
    kept = load_glossary().model_copy(update={"words": ()})
    with patch.object(score_verdicts, "load_glossary", lambda: kept):
        yield


@contextmanager
def without_development_topics() -> Iterator[None]:
    """No row that touches a topic of the development questions or collections."""
    glossary, asked = load_glossary(), development_topics()
    kept = glossary.model_copy(
        update={"same": tuple(row for row in glossary.same if not asked & keys(row.terms))}
    )
    with patch.object(score_verdicts, "load_glossary", lambda: kept):
        yield


def development_topics() -> frozenset[tuple[str, ...]]:
    """The topics that the development collections have verdicts for, as the judge compares them."""
    topics = (
        json.loads(line)["topic"]
        for name in ("estuary", "uplands")
        for line in (score_verdicts.COLLECTIONS / name / "verdicts.jsonl").open(encoding="utf-8")
    )
    return keys(topics)


def keys(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Phrases by the stems of their words that carry meaning."""
    return frozenset(tuple(content_stems(phrase)) for phrase in phrases)


PARTS = {
    "whole": whole,
    "without the bridge by meaning": without_bridge,
    "without what stretches mean": without_meanings,
    "without classes": without_narrower,
    "without everyday words": without_everyday_words,
    "without rows that touch a development topic": without_development_topics,
    "with an empty glossary": without_glossary,
}

if __name__ == "__main__":
    main(sys.argv[1:])

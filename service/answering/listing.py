"""The glossary's terms by their stems, as plain tables: made once, and then only looked up.

A table's keys are stems parted by blanks, its values numbers of rows, classes, sets or terms in the
glossary, ascending. `service.answering.tabulating` makes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer, SkipValidation

from corpus.models import Frozen
from corpus.words import stems, telling_stems
from service.answering.wordings import Key

INITIALS = "="
"""Marks the key of initials."""

Numbers = tuple[int, ...]


def _packed(table: dict[str, str]) -> str:
    """A table as one text, which is read ten times as fast: its keys, a tab, its values."""
    return "\t".join(("\n".join(table), "\n".join(table.values()))) if table else ""


def _unpacked(table: str | dict[str, str]) -> dict[str, str]:
    if isinstance(table, dict):
        return table
    keys, _, values = table.partition("\t")
    return dict(zip(keys.split("\n"), values.split("\n"), strict=True)) if table else {}


_Table = Annotated[
    SkipValidation[dict[str, str]], BeforeValidator(_unpacked), PlainSerializer(_packed)
]
_Words = Annotated[
    SkipValidation[tuple[str, ...]],
    BeforeValidator(lambda words: tuple(words.split()) if isinstance(words, str) else words),
    PlainSerializer(" ".join),
]


class Listing(Frozen):
    """What is looked up of a glossary (`numbers_in`).

    `rows`, `above` and `below` have the keys of terms (`key_of`): the rows of a term, the classes
    immediately above a thing and those that a term names, each in any wording. `phrases` and `sets`
    have the stems of all words of a term: its rows, and the sets of everyday words that it is a
    term of. `parts` has the everyday parts of the terms that have several.
    """

    rows: _Table
    phrases: _Table
    sets: _Table
    words: _Words
    """Every word of the rows and of the sets of everyday words, folded, sorted."""
    stems: _Words
    """The stems of these words."""
    above: _Table = Field(default_factory=dict)
    below: _Table = Field(default_factory=dict)
    parts: _Table = Field(default_factory=dict)


def table_of(numbered: Iterable[tuple[Key, int]]) -> dict[str, str]:
    """A table: for each key its numbers, each once, in order."""
    table: dict[str, dict[str, None]] = {}
    for key, number in numbered:
        table.setdefault(joined(key), {})[str(number)] = None
    return {key: " ".join(numbers) for key, numbers in table.items()}


def numbers_in(table: Mapping[str, str], key: Key) -> Numbers:
    """The numbers that a table has for a key; none for one that it hasn't."""
    return tuple(map(int, table.get(joined(key), "").split()))


def joined(key: Iterable[str]) -> str:
    """How a key stands in a table."""
    return " ".join(key)


@lru_cache(maxsize=65_536)
def key_of(phrase: str) -> Key:
    """What makes a phrase the same term as another."""
    if phrase.isupper() and phrase.isalnum():
        # Initials share no stem with words: 'VAP' isn't vaping.
        return (INITIALS + phrase.casefold(),)
    return tuple(telling_stems(phrase))


@lru_cache(maxsize=65_536)
def phrase_of(term: str) -> Key:
    """The stems of all words of a term, in order."""
    return tuple(stems(term))

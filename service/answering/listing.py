"""The glossary's terms by their stems, as plain tables: made once, and then only looked up.

A table's keys are stems parted by blanks, its values numbers of rows, classes, sets or terms in the
glossary, ascending. `service.answering.tabulating` makes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pydantic import Field

from corpus.models import Frozen
from corpus.words import stems, telling_stems
from service.answering.wordings import Key

INITIALS = "="
"""Marks the key of initials."""

Numbers = tuple[int, ...]


class Listing(Frozen):
    """What is looked up of a glossary.

    `rows`, `above` and `below` have the keys of terms (`key_of`): the rows of a term, the classes
    immediately above a thing and those that a term names, each in any wording. `phrases` and `sets`
    have the stems of all words of a term: its rows, and the sets of everyday words that it is a
    term of. `parts` has the everyday parts of the terms that have several.
    """

    rows: dict[str, Numbers]
    phrases: dict[str, Numbers]
    sets: dict[str, Numbers]
    words: tuple[str, ...]
    """Every word of the rows and of the sets of everyday words, folded, sorted."""
    stems: tuple[str, ...]
    """The stems of these words."""
    above: dict[str, Numbers] = Field(default_factory=dict)
    below: dict[str, Numbers] = Field(default_factory=dict)
    parts: dict[str, Numbers] = Field(default_factory=dict)


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

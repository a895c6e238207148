"""The vocabulary of the field: wordings that mean the same, classes, and everyday words.

It is data, each row with its source: `corpus/data/glossary.toml` lists wordings of whole topics,
`corpus/data/thesaurus.toml` words that stand for one another inside a topic of several words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cached_property, reduce
from pathlib import Path

from pydantic import Field

from corpus.catalogue import shipped_data
from corpus.models import Frozen


class Synonyms(Frozen):
    """Wordings that may stand for one another."""

    terms: tuple[str, ...] = Field(min_length=2)
    source: str = Field(min_length=1)


class TermClass(Frozen):
    """A class and its immediate narrower things: to name one of them is to name the class."""

    term: str
    narrower: tuple[str, ...] = Field(min_length=1)
    source: str = Field(min_length=1)


class WordSet(Frozen):
    """Words for one thing, and words for things that are narrower: to say one is to say it."""

    terms: tuple[str, ...] = Field(min_length=1)
    narrower: tuple[str, ...] = ()

    @classmethod
    def of_line(cls, line: str) -> WordSet:
        """The set of a line: terms parted by commas, and after '>' what is narrower."""
        terms, _, narrower = line.partition(">")
        return cls(terms=_parted(terms), narrower=_parted(narrower))


class WordSets(Frozen):
    """Sets of words on one subject, each on a line of its own."""

    about: str = Field(min_length=1)
    source: str = Field(min_length=1)
    sets: str = Field(min_length=1)

    def __iter__(self) -> Iterator[WordSet]:  # type: ignore[override] # the sets, not the fields
        return (WordSet.of_line(line) for line in self.sets.splitlines() if line.strip())


class _Words(Frozen):
    terms: tuple[str, ...] = ()


class Glossary(Frozen):
    """Synonyms, classes and everyday words.

    `too_wide` classes inform nobody, `light_words` mean nothing alone, and any of `crime_words`
    stands for any other in a topic; so does any of `provision_words`, where a topic has but one
    word that tells beside it.
    """

    same: tuple[Synonyms, ...] = ()
    classes: tuple[TermClass, ...] = Field(default=(), alias="class")
    words: tuple[WordSets, ...] = ()
    too_wide: _Words = _Words()
    crime_words: _Words = _Words()
    light_words: _Words = _Words()
    provision_words: _Words = _Words()

    @property
    def terms(self) -> tuple[str, ...]:
        """Every synonym, class and narrower thing, each once."""
        synonyms = (term for row in self.same for term in row.terms)
        classes = (term for row in self.classes for term in (row.term, *row.narrower))
        return tuple(dict.fromkeys((*synonyms, *classes)))

    @cached_property
    def word_sets(self) -> tuple[WordSet, ...]:
        """The sets of everyday words."""
        return tuple(each for group in self.words for each in group)


_ROWS = ("same", "classes", "words")
_WORDS = ("too_wide", "crime_words", "light_words", "provision_words")


def load_glossary(own: Path | None = None) -> Glossary:
    """The glossary and the everyday words that ship, with those of a user's own file.

    Raises:
        OSError: the file can't be read.
        ValueError: it isn't in the form of the files that ship; the message says where.
    """
    return reduce(_joined, map(read_glossary, glossary_files(own)))


def glossary_files(own: Path | None = None) -> tuple[Path, ...]:
    """The files that ship, and a user's own."""
    shipped = (shipped_data() / name for name in ("glossary.toml", "thesaurus.toml"))
    return (*shipped, *([own] if own else []))


def _joined(first: Glossary, second: Glossary) -> Glossary:
    """Both, row by row; words of the second are added to those of the first."""
    rows = {name: getattr(first, name) + getattr(second, name) for name in _ROWS}
    words = {
        name: _Words(terms=getattr(first, name).terms + getattr(second, name).terms)
        for name in _WORDS
    }
    return first.model_copy(update={**rows, **words})


def read_glossary(path: Path) -> Glossary:
    """What one file holds.

    Raises:
        OSError: the file can't be read.
        ValueError: it isn't in the form of the files that ship; the message says where.
    """
    return Glossary.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def _parted(terms: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in terms.split(",") if term.strip())

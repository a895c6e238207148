"""The vocabulary of the field: wordings that mean the same, classes and what is narrower.

It is data (`corpus/data/glossary.toml`), each row with its source.
"""

from __future__ import annotations

import tomllib
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


class _Words(Frozen):
    terms: tuple[str, ...] = ()


class Glossary(Frozen):
    """Synonyms and classes; `too_wide` classes inform nobody, `light_words` mean nothing alone.

    Any of `crime_words` stands for any other in a topic.
    """

    same: tuple[Synonyms, ...] = ()
    classes: tuple[TermClass, ...] = Field(default=(), alias="class")
    too_wide: _Words = _Words()
    crime_words: _Words = _Words()
    light_words: _Words = _Words()

    @property
    def terms(self) -> tuple[str, ...]:
        """Every synonym, class and narrower thing, each once."""
        synonyms = (term for row in self.same for term in row.terms)
        classes = (term for row in self.classes for term in (row.term, *row.narrower))
        return tuple(dict.fromkeys((*synonyms, *classes)))


def load_glossary(path: Path | None = None) -> Glossary:
    """The glossary of a file in the form of `corpus/data/glossary.toml`, which is the default."""
    source = path or shipped_data() / "glossary.toml"
    return Glossary.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))

"""The glossary with its tables, and the places: made once and kept in the data directory.

To read the files that ship and to stem their terms takes a second, which every start would spend.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import Stemmer
from pydantic import ValidationError

from corpus import catalogue, models, places, words
from corpus import glossary as glossaries
from corpus.glossary import Glossary, glossary_files, load_glossary
from corpus.models import Frozen
from corpus.places import Place, load_places, places_file
from index.checked import replace, sealed, unsealed
from service.answering import lexicon, listing, tabulating, thesaurus, wordings
from service.answering.listing import Listing

FILE = "vocabulary.json"

_MAKING = (
    *(catalogue, glossaries, models, places, words),
    *(lexicon, listing, tabulating, thesaurus, wordings),
)
"""The modules that settle what the tables hold: all that making them imports of this project."""


class Prepared(Frozen):
    """A glossary, its tables, the places, and the digest of all that they are made from."""

    made_from: str
    glossary: Glossary
    listing: Listing
    places: tuple[Place, ...]


def prepared(own: Path | None, data_dir: Path) -> Prepared:
    """The places, and the glossary that ships with the rows of a user's `own` file, if any.

    What is kept in `data_dir` is taken where it is made from the same files by the same program;
    else it is made, and kept where that is possible.

    Raises:
        OSError: the user's file can't be read.
        ValueError: it is no glossary.
    """
    made_from = _digest(own)
    kept = _read(data_dir / FILE)
    if kept and kept.made_from == made_from:
        return kept
    glossary = load_glossary(own)
    made = Prepared(
        made_from=made_from,
        glossary=glossary,
        listing=tabulating.listing_of(glossary),
        places=load_places(),
    )
    with suppress(OSError):  # a directory that is full or read-only: it is made at each start
        data_dir.mkdir(parents=True, exist_ok=True)
        replace(data_dir / FILE, sealed(made.model_dump_json(by_alias=True).encode()))
    return made


def _digest(own: Path | None) -> str:
    total = hashlib.sha256(Stemmer.version().encode())
    for path in (*glossary_files(own), places_file(), *_sources()):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _sources() -> Iterator[Path]:
    return (Path(inspect.getfile(module)) for module in _MAKING)


def _read(path: Path) -> Prepared | None:
    """What is kept, or None where nothing is, or it isn't as it was written: tables rely on it."""
    with suppress(OSError, ValidationError):
        body = unsealed(path.read_bytes())
        return Prepared.model_validate_json(body) if body else None
    return None

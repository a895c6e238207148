"""The United Kingdom's local authorities and police forces: a place is known for a place."""

from __future__ import annotations

import tomllib
from pathlib import Path

from corpus.catalogue import shipped_data
from corpus.models import Frozen


class Place(Frozen):
    """A local authority or police force; `ordinary_word`: the name is a common word too."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    ordinary_word: bool = False


def load_places(path: Path | None = None) -> tuple[Place, ...]:
    """The places of a file in the form of `corpus/data/places.toml`, which is the default."""
    source = path or places_file()
    rows = tomllib.loads(source.read_text(encoding="utf-8"))["places"]
    return tuple(Place.model_validate(row) for row in rows)


def places_file() -> Path:
    """The file that ships."""
    return shipped_data() / "places.toml"

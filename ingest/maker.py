"""What reads files here, as one digest: a file read by the same maker needs no second reading."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGES = ("corpus", "ingest")
_SUFFIXES = (".py", ".toml")
_DISTRIBUTION = "saferplans"
_PROGRAMS = ("tesseract",)
"""Programs that readers call where they are installed."""


@cache
def maker() -> str:
    """A digest of our code and vocabularies, the libraries' versions, and the programs there are.

    Taken from what is there, so that nobody has to remember to raise a number.
    """
    total = hashlib.sha256()
    for part in (*_code(), *_libraries(), *map(_program, _PROGRAMS)):
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def _code() -> Iterator[bytes]:
    for package in _PACKAGES:
        for file in _files(files(package)):
            yield file.read_bytes()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _files(each)
        elif each.name.endswith(_SUFFIXES):
            yield each


def _libraries() -> Iterator[bytes]:
    for requirement in metadata.requires(_DISTRIBUTION) or ():
        name = re.match(r"[\w.-]+", requirement)
        if name and "extra ==" not in requirement:
            yield f"{name[0]} {metadata.version(name[0])}".encode()


def _program(name: str) -> bytes:
    return f"{name} {shutil.which(name)}".encode()

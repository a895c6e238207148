"""From bytes to blocks: one reader for each kind of file, chosen by suffix and content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from ingest.blocks import ReadFile
from ingest.errors import EmptyFileError, UnsupportedTypeError
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.text import read_text

__all__ = ["READERS", "read"]

Reader = Callable[[str, bytes], ReadFile]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".pdf": read_pdf,
}
"""The reader of each suffix, in lower case."""

_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "a rich text file",
    b"\x1f\x8b": "a gzip archive",
}
"""How files that are no text begin, so that one with a wrong suffix is named for what it is:
https://www.garykessler.net/library/file_sigs.html."""


def read(name: str, data: bytes) -> ReadFile:
    """The canonical text and blocks of a file, by the reader for its suffix.

    Raises:
        UnsupportedTypeError: no reader takes this suffix, or the content belies it.
        EmptyFileError: there are no words in it.
        UndecodableFileError: a text file in no known encoding.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        known = ", ".join(sorted(READERS))
        raise UnsupportedTypeError(
            f"{name} is of a kind that can't be read yet: save it as one of {known}."
        )
    for signature, kind in _SIGNATURES.items() if READERS[suffix] is read_text else ():
        if data.startswith(signature):
            raise UnsupportedTypeError(
                f"{name} is {kind}, not text: save it as text and try again."
            )
    if not data.strip():
        raise EmptyFileError(f"{name} is empty: check that it was saved or copied whole.")
    return READERS[suffix](name, data)

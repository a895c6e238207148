"""From bytes to blocks: one reader for each kind of file, chosen by suffix and content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from ingest.blocks import ReadFile
from ingest.errors import EmptyFileError, UnsupportedTypeError
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.odt import read_odt
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.text import read_text

__all__ = ["READERS", "read"]

Reader = Callable[[str, bytes], ReadFile]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".markdown": read_text,
    ".docx": read_docx,
    ".docm": read_docx,
    ".odt": read_odt,
    ".htm": read_html,
    ".html": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
}
"""The reader of each suffix, in lower case."""

_PACKAGES = (".docx", ".docm", ".odt")

_SIGNATURES: Mapping[bytes, tuple[str, tuple[str, ...]]] = {
    b"%PDF": ("a PDF", (".pdf",)),
    b"PK\x03\x04": ("a zip archive or an Office file", _PACKAGES),
    b"\xd0\xcf\x11\xe0": ("an old Office file, or protected by a password", _PACKAGES),
    b"{\\rtf": ("a rich text file", ()),
    b"\x1f\x8b": ("a gzip archive", ()),
}
"""How files that are no text begin, what they are, and the suffixes whose readers take them:
https://www.garykessler.net/library/file_sigs.html."""


def read(name: str, data: bytes) -> ReadFile:
    """The canonical text and blocks of a file, by the reader for its suffix.

    Raises:
        UnsupportedTypeError: no reader takes this suffix, or the content belies it.
        EmptyFileError: there are no words in it.
        IngestError: the reader for its suffix can't read it, and why.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        known = ", ".join(sorted(READERS))
        raise UnsupportedTypeError(
            f"{name} is of a kind that can't be read yet: save it as one of {known}."
        )
    for signature, (kind, suffixes) in _SIGNATURES.items():
        if data.startswith(signature) and suffix not in suffixes:
            raise UnsupportedTypeError(
                f"{name} is {kind}, whatever its name says: correct the name, or save it as text."
            )
    if not data.strip():
        raise EmptyFileError(f"{name} is empty: check that it was saved or copied whole.")
    return READERS[suffix](name, data)

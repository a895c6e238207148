"""From bytes to the canonical text of a text file."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from ingest.errors import UndecodableFileError

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Decoded(NamedTuple):
    """A text, and a note where its encoding had to be guessed."""

    text: str
    note: str | None


def decode(name: str, data: bytes) -> Decoded:
    """The text of a file but for a byte order mark: UTF-8, else Windows-1252 with a note.

    Raises:
        UndecodableFileError: it holds NUL characters, or is in neither encoding.
    """
    if data.startswith(_UTF16_MARKS):
        decoded = Decoded(_decoded_as(name, data, "utf-16"), None)
    else:
        decoded = _utf8_or_windows(name, data)
    if "\0" in decoded.text:
        raise UndecodableFileError(
            f"{name} holds NUL characters, so it is no text file: save the document as UTF-8 text."
        )
    return decoded


def _utf8_or_windows(name: str, data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8-sig"), None)
    except UnicodeDecodeError as error:
        text = _decoded_as(name, data, "cp1252")
        return Decoded(
            text,
            f"Not UTF-8 (byte {error.start:,}): read as Windows-1252; "
            "if letters look wrong, save it as UTF-8.",
        )


def _decoded_as(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableFileError(
            f"{name} is in an unknown encoding (byte {error.start:,}): save it as UTF-8 text."
        ) from error

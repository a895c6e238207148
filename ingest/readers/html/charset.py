"""From bytes to the markup of a web page."""

from __future__ import annotations

import codecs
import re

from ingest.errors import UndecodableFileError
from ingest.readers.decoding import Decoded, decode

_PRESCAN = 1024
"""Bytes within which a page states its encoding: https://html.spec.whatwg.org/#determining-the-character-encoding."""
_STATED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
_AS_WINDOWS = {"iso8859-1", "ascii"}
"""Encodings that browsers read as Windows-1252: https://encoding.spec.whatwg.org/#names-and-labels."""


def decode_page(name: str, data: bytes) -> Decoded:
    """The markup of a page: by its byte order mark, the encoding it states, or as text is read.

    Raises:
        UndecodableFileError: it holds NUL characters, or is in no encoding that is read.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(name, data)
    encoding = _stated(data[:_PRESCAN])
    try:
        text = data.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        return decode(name, data)
    if "\0" in text:
        raise UndecodableFileError(
            f"{name} holds NUL characters, so it is no web page: save the page anew."
        )
    return Decoded(text, None)


def _stated(start: bytes) -> str | None:
    """The encoding that a page states, if it is one that Python knows."""
    found = _STATED.search(start) or _XML.match(start)
    if not found:
        return None
    try:
        encoding = codecs.lookup(found.group(1).decode("ascii")).name
    except LookupError:
        return None
    # A page that could be scanned byte by byte is in none of the wide encodings.
    if encoding.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return "cp1252" if encoding in _AS_WINDOWS else encoding

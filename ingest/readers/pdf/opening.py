"""Opens a PDF with PDFium, or says in one sentence why it can't be."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from ingest.errors import DamagedFileError, EncryptedFileError, IngestError, TooLargeError

_DAMAGED = (
    "{} is damaged or not complete, so no page of it can be read: "
    "open it in a PDF viewer, save it anew and try again."
)
_ENCRYPTED = (
    "{} is protected by a password: save a copy without the password and ingest that instead."
)
_SECURITY = (
    "{} is protected in a way that can't be read: ask its publisher for a copy without protection."
)
_MAX_PAGES = 5000
"""More pages than any plan has; a file that claims more is made to harm."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the file's own outline: `level` from 1, `page` from 1, None where it has none."""

    title: str
    level: int
    page: int | None


@contextmanager
def opened(name: str, data: bytes) -> Iterator[Any]:
    """The document as PDFium opens it, closed at the end.

    Raises:
        EncryptedFileError: it can't be opened without a password.
        DamagedFileError: it is no PDF, or so damaged that no page can be found or read.
        TooLargeError: it claims more pages than are ever read.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(name, error) from error
    try:
        if len(document) == 0:
            raise DamagedFileError(_DAMAGED.format(name))
        if len(document) > _MAX_PAGES:
            raise TooLargeError(
                f"{name} has {len(document):,} pages, and at most {_MAX_PAGES:,} are read: "
                "split it into smaller files."
            )
        yield document
    except pypdfium2.PdfiumError as error:
        # What breaks only as its pages are read.
        raise DamagedFileError(_DAMAGED.format(name)) from error
    finally:
        document.close()


def _refusal(name: str, error: pypdfium2.PdfiumError) -> IngestError:
    """Why PDFium could not open the file."""
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return EncryptedFileError(_ENCRYPTED.format(name))
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return EncryptedFileError(_SECURITY.format(name))
    return DamagedFileError(_DAMAGED.format(name))


def bookmarks(document: Any) -> list[Bookmark]:
    """The file's outline in order; empty where it has none or a broken one."""
    found = []
    try:
        for entry in document.get_toc(max_depth=6):
            destination = entry.get_dest()
            index = destination.get_index() if destination else None
            page = None if index is None else index + 1
            found.append(Bookmark(entry.get_title().strip(), entry.level + 1, page))
    except (pypdfium2.PdfiumError, UnicodeDecodeError, ctypes.ArgumentError):
        return []
    return found


def title_of(document: Any) -> str | None:
    """The title that the file's properties give; None where they give none."""
    return document.get_metadata_value("Title").strip() or None


def is_tagged(document: Any) -> bool:
    """Whether the file says of itself that it is tagged."""
    return bool(raw.FPDFCatalog_IsTagged(document))

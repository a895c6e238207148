"""Why a file can't become documents. Each message is one sentence, or two, that says what to do.

IngestError
├── MissingFileError          nothing stands at the path
├── UnsupportedTypeError      no reader for this kind of file
├── EmptyFileError            no words in it
├── UndecodableFileError      not text in a known encoding
├── EncryptedFileError        a password is needed
├── DamagedFileError          cut short, or not what its name says
├── TooLargeError             more than is read, or nested too deep
└── CatalogueMismatchError    the file and its catalogue entry contradict each other
"""

from __future__ import annotations

__all__ = [
    "CatalogueMismatchError",
    "DamagedFileError",
    "EmptyFileError",
    "EncryptedFileError",
    "IngestError",
    "MissingFileError",
    "TooLargeError",
    "UndecodableFileError",
    "UnsupportedTypeError",
]


class IngestError(ValueError):
    """A file was not ingested; the message is for the person who gave it."""


class MissingFileError(IngestError):
    """Nothing that can be read stands at the path."""


class UnsupportedTypeError(IngestError):
    """No reader takes this kind of file."""


class EmptyFileError(IngestError):
    """The file holds no words."""


class UndecodableFileError(IngestError):
    """The bytes are not text in an encoding that is read."""


class EncryptedFileError(IngestError):
    """It can't be opened without a password."""


class DamagedFileError(IngestError):
    """It was cut short, or isn't what its name says."""


class TooLargeError(IngestError):
    """It unfolds into more than is read, or is nested too deep."""


class CatalogueMismatchError(IngestError):
    """The catalogue says something of the file that is not so."""

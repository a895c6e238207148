"""Why a file can't become documents. Each message is one sentence, or two, that says what to do.

IngestError
├── MissingFileError          nothing stands at the path
├── ArchiveError              an archive, or a file in one, that can't be unpacked
├── OutsideLinkError          a link that leads out of the folder given
├── ChangedFileError          it was written to while it was read
├── UnsupportedTypeError      no reader for this kind of file
├── EmptyFileError            no words in it
├── CatalogueMismatchError    the file and its catalogue entry contradict each other
└── UnreadableError           there is something in it, and nobody knows what
    ├── UndecodableFileError  not text in a known encoding
    ├── EncryptedFileError    a password is needed
    ├── DamagedFileError      cut short, or not what its name says
    ├── TooLargeError         more than is read, or nested too deep
    ├── TimeLimitError        it takes longer than one file may
    ├── MemoryLimitError      it takes more memory than one file may
    └── CrashedReaderError    its reader failed or died
"""

from __future__ import annotations

__all__ = [
    "ArchiveError",
    "CatalogueMismatchError",
    "ChangedFileError",
    "CrashedReaderError",
    "DamagedFileError",
    "EmptyFileError",
    "EncryptedFileError",
    "IngestError",
    "MemoryLimitError",
    "MissingFileError",
    "OutsideLinkError",
    "TimeLimitError",
    "TooLargeError",
    "UndecodableFileError",
    "UnreadableError",
    "UnsupportedTypeError",
]


class IngestError(ValueError):
    """A file was not ingested; the message is for the person who gave it."""


class UnreadableError(IngestError):
    """There is something in the file, and it can't be read."""


class MissingFileError(IngestError):
    """Nothing that can be read stands at the path."""


class ArchiveError(IngestError):
    """An archive can't be unpacked, or one of its files can't."""


class OutsideLinkError(IngestError):
    """The path is a link that leads out of the folder that was given."""


class ChangedFileError(IngestError):
    """The file was written to while it was read."""


class TimeLimitError(UnreadableError):
    """The file took longer to read than one file may."""


class MemoryLimitError(UnreadableError):
    """The file took more memory to read than one file may."""


class CrashedReaderError(UnreadableError):
    """The reader of the file failed in a way that it didn't foresee, or died."""


class UnsupportedTypeError(IngestError):
    """No reader takes this kind of file."""


class EmptyFileError(IngestError):
    """The file holds no words."""


class UndecodableFileError(UnreadableError):
    """The bytes are not text in an encoding that is read."""


class EncryptedFileError(UnreadableError):
    """It can't be opened without a password."""


class DamagedFileError(UnreadableError):
    """It was cut short, or isn't what its name says."""


class TooLargeError(UnreadableError):
    """It is, or unfolds into, more than is read, or is nested too deep."""


class CatalogueMismatchError(IngestError):
    """The catalogue says something of the file that is not so."""

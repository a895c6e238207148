"""Zip packages of XML parts, as Word and OpenDocument files are, read within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from ingest.errors import DamagedFileError, EncryptedFileError, IngestError, TooLargeError

PART_BYTES = 64 * 2**20
"""The largest part that is unfolded: about 100 times the text of a long plan."""
_MOST_PARTS = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old Office file begins, and one with a password."""


def parser() -> etree.XMLParser:
    """A parser that fetches nothing, expands no entity and refuses what is nested too deep."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a zip package by name, each unfolded when it is asked for."""

    name: str
    _archive: zipfile.ZipFile

    @classmethod
    def opened(cls, name: str, data: bytes) -> Package:
        """The package that the bytes are.

        Raises:
            EncryptedFileError: it seems to need a password.
            DamagedFileError: it is no zip archive, or was cut short.
            TooLargeError: it has more parts than any document.
        """
        if data.startswith(_OLE):
            raise EncryptedFileError(
                f"{name} is protected by a password, or in an old Office format: open it, save a "
                "copy without a password in today's format, and add that."
            )
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
            raise _damaged(name) from error
        if len(archive.namelist()) > _MOST_PARTS:
            raise TooLargeError(f"{name} has {len(archive.namelist()):,} parts: save it anew.")
        return cls(name, archive)

    def __contains__(self, part: str) -> bool:
        return part in self._archive.NameToInfo

    def names(self) -> list[str]:
        """The names of all parts."""
        return self._archive.namelist()

    def bytes_of(self, part: str) -> bytes:
        """The bytes of one part.

        Raises:
            EncryptedFileError: a password is needed.
            DamagedFileError: the part isn't there, or can't be unfolded.
            TooLargeError: it is larger than `PART_BYTES`.
        """
        try:
            with self._archive.open(part) as stream:
                data = stream.read(PART_BYTES + 1)
        except NotImplementedError as error:
            raise _damaged(self.name) from error
        except RuntimeError as error:
            # zipfile says so of parts that need a password, and of nothing else.
            raise EncryptedFileError(
                f"{self.name} is protected by a password: save a copy without one and add that."
            ) from error
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise _damaged(self.name) from error
        if len(data) > PART_BYTES:
            raise TooLargeError(
                f"{self.name} unfolds to more than {PART_BYTES // 2**20} MB of text: "
                "save its parts as several files."
            )
        return data

    def xml(self, part: str) -> etree._Element:
        """The root element of one part.

        Raises:
            IngestError: as `bytes_of`, or it isn't well-formed XML.
        """
        try:
            root = etree.fromstring(self.bytes_of(part), parser())
        except etree.XMLSyntaxError as error:
            raise _damaged(self.name) from error
        if root.getroottree().docinfo.doctype:
            # Neither format has one, and entities are all that it could be there for.
            raise DamagedFileError(f"{self.name} declares entities, which no document does.")
        return root

    def title(self, part: str) -> str | None:
        """The title that a part with the document's properties states, if it is there."""
        if part not in self:
            return None
        try:
            properties = self.xml(part)
        except IngestError:
            # The text is whole without them.
            return None
        titles = (
            each.text or "" for each in properties.iter("{http://purl.org/dc/elements/1.1/}title")
        )
        return " ".join(next(titles, "").split()) or None


def _damaged(name: str) -> DamagedFileError:
    return DamagedFileError(
        f"{name} is damaged or was cut short: open it, save it anew, or fetch it again."
    )

"""The parts of a Word document, found by their relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.errors import UnsupportedTypeError
from ingest.readers.lines import has_words
from ingest.readers.packages import Package
from ingest.readers.xmltree import local, value


@dataclass(frozen=True, slots=True)
class Parts:
    """A document's main part, and the names of those that it refers to by kind."""

    package: Package
    main: etree._Element
    others: tuple[tuple[str, str], ...]

    @classmethod
    def opened(cls, name: str, data: bytes) -> Parts:
        """The parts of the document that the bytes are.

        Raises:
            UnsupportedTypeError: a zip archive, but not of a Word document.
            IngestError: it needs a password, or is damaged.
        """
        package = Package.opened(name, data)
        found = dict(_related(package, "")).get("officeDocument", "word/document.xml")
        if found not in package:
            raise UnsupportedTypeError(f"{name} is no Word document, whatever its name says.")
        main = package.xml(found)
        if local(main.tag) != "document":
            raise UnsupportedTypeError(
                f"{name} is an Office file of another kind: save it as a Word document."
            )
        return cls(package, main, tuple(_related(package, found)))

    def of(self, kind: str) -> Iterator[etree._Element]:
        """The roots of all parts of a kind that are there."""
        for each, part in self.others:
            if each == kind and part in self.package:
                yield self.package.xml(part)

    def xml(self, kind: str) -> etree._Element | None:
        """The root of the first part of a kind; None where there is none."""
        return next(self.of(kind), None)

    def worded(self, kind: str) -> Iterator[etree._Element]:
        """The parts of a kind that hold words."""
        return (root for root in self.of(kind) if has_words("".join(root.itertext())))

    def notes(self) -> dict[tuple[str, str], etree._Element]:
        """Footnotes and endnotes by their element's name and their id."""
        return {
            (local(note.tag), value(note, "id") or ""): note
            for kind in ("footnotes", "endnotes")
            for root in self.of(kind)
            for note in root
            if value(note, "type") is None
        }

    def title(self) -> str | None:
        """The title in the document's properties."""
        return self.package.title("docProps/core.xml")


def _related(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """What a part refers to inside the package: kind and name; '' is the package itself."""
    folder, base = posixpath.split(part)
    relationships = posixpath.join(folder, "_rels", f"{base}.rels")
    if relationships not in package:
        return
    for each in package.xml(relationships):
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
            yield each.get("Type", "").rpartition("/")[2], target.lstrip("/")

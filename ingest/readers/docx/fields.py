"""Fields of a Word document, of which one may be the table of contents."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.xmltree import local, value

_CONTENTS = ("TOC", "INDEX", "TOA")
"""The fields that list what stands elsewhere: ECMA-376 17.16.5."""


@dataclass(slots=True)
class Fields:
    """The fields that are open where the reading is, by their instructions.

    The control around a table of contents tells less: LibreOffice lets it run on to the end of the
    document where sections follow.
    """

    _open: list[str] = field(default_factory=list)

    def read(self, element: etree._Element) -> None:
        """Takes in a mark of a field, or a part of its instruction."""
        if local(element.tag) == "instrText":
            if self._open:
                self._open[-1] += element.text or ""
        elif value(element, "fldCharType") == "begin":
            self._open.append("")
        elif value(element, "fldCharType") == "end" and self._open:
            self._open.pop()

    @property
    def in_contents(self) -> bool:
        """Whether what is read now lists what stands elsewhere."""
        return any(each.strip().upper().startswith(_CONTENTS) for each in self._open)

"""A tagged PDF, written by hand: ReportLab makes none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Tree = tuple[str, "str | Sequence[Tree]"]
"""A structure type with its words, or with what stands in it."""


@dataclass
class _Writer:
    """Collects the objects of a file and the content of its one page."""

    objects: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)

    def add(self, body: str) -> int:
        self.objects.append(body)
        return len(self.objects)

    def printed(self, words: str, line: int, mark: str) -> None:
        place = f"BT /F1 10 Tf 60 {780 - 14 * line} Td ({words}) Tj ET"
        self.content.append(f"{mark} BDC {place} EMC")

    def element(self, tree: Tree, parent: int, order: Sequence[str]) -> int:
        """Adds an element and all under it; `order` is that in which words are printed."""
        role, inner = tree
        number = self.add("")
        if isinstance(inner, str):
            mark = len(self.owners)
            self.owners.append(number)
            self.printed(inner, order.index(inner), f"/{role} <</MCID {mark}>>")
            kids = str(mark)
        else:
            kids = " ".join(f"{self.element(each, number, order)} 0 R" for each in inner)
        self.objects[number - 1] = (
            f"<</Type /StructElem /S /{role} /P {parent} 0 R /Pg 3 0 R /K [{kids}]>>"
        )
        return number


def tagged(trees: Sequence[Tree], order: Sequence[str], artifact: str = "") -> bytes:
    """A page whose words are printed in one `order` and tagged in the order of `trees`."""
    writer = _Writer()
    writer.add("<</Type /Catalog /Pages 2 0 R /MarkInfo <</Marked true>> /StructTreeRoot 6 0 R>>")
    writer.add("<</Type /Pages /Kids [3 0 R] /Count 1>>")
    writer.add(
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /StructParents 0 /Contents 5 0 R "
        "/Resources <</Font <</F1 4 0 R>>>>>>"
    )
    writer.add("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>")
    for _ in range(3):
        writer.add("")
    root = "".join(f"{writer.element(tree, 6, order)} 0 R " for tree in trees)
    if artifact:
        writer.printed(artifact, 52, "/Artifact <<>>")
    stream = "\n".join(writer.content)
    writer.objects[4] = f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream"
    writer.objects[5] = f"<</Type /StructTreeRoot /K [{root}] /ParentTree 7 0 R>>"
    owners = " ".join(f"{owner} 0 R" for owner in writer.owners)
    writer.objects[6] = f"<</Nums [0 [{owners}]]>>"
    return _file(writer.objects)


def _file(objects: Sequence[str]) -> bytes:
    parts, places, size = [b"%PDF-1.7\n"], [], 9
    for number, body in enumerate(objects, start=1):
        places.append(size)
        parts.append(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
        size += len(parts[-1])
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    parts.append(
        f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Size {count} /Root 1 0 R>>\n"
        f"startxref\n{size}\n%%EOF\n".encode()
    )
    return b"".join(parts)

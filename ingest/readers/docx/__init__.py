"""Word documents (.docx): the text as it reads with all tracked changes accepted.

Page breaks are set when a document is printed, so blocks have no page. The format is ECMA-376,
part 1 (WordprocessingML); names are compared without their namespaces, which differ between its
two variants.
"""

from __future__ import annotations

from collections import Counter

from ingest.blocks import ReadFile
from ingest.errors import EmptyFileError
from ingest.readers.building import build
from ingest.readers.counts import counted
from ingest.readers.docx.body import Body
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.parts import Parts
from ingest.readers.docx.styles import Styles

__all__ = ["read_docx"]

_LEFT_OUT = {"header": "page header", "footer": "page footer", "comments": "set of comments"}


def read_docx(name: str, data: bytes) -> ReadFile:
    """Reads a Word document; macros in it are never looked at.

    Raises:
        EmptyFileError: it holds no words.
        IngestError: it needs a password, is damaged or is no Word document.
    """
    parts = Parts.opened(name, data)
    body = Body(Styles(parts.xml("styles")), Numbering(parts.xml("numbering")), parts.notes())
    built = build(body.read(parts.main))
    if not built.blocks:
        raise EmptyFileError(f"{name} holds no words: check that it is the file you meant.")
    left_out = body.left_out + Counter(_around(parts))
    return ReadFile(
        text=built.text,
        blocks=built.blocks,
        notes=tuple(body.degraded),
        whole=not body.degraded,
        left_out=tuple(counted(what, count) for what, count in left_out.items()),
        title=parts.title(),
    )


def _around(parts: Parts) -> list[str]:
    """What stands on every page or beside the text, once for each part that has words."""
    return [what for kind, what in _LEFT_OUT.items() for _ in parts.worded(kind)]

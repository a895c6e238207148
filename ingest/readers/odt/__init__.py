"""OpenDocument text (.odt), as LibreOffice saves it: the text with all changes accepted.

Page breaks are set when a document is printed, so blocks have no page. The format is OpenDocument
1.3, part 3; names are compared without their namespaces.
"""

from __future__ import annotations

from collections import Counter

from lxml import etree

from ingest.blocks import ReadFile
from ingest.errors import EmptyFileError, EncryptedFileError, UnsupportedTypeError
from ingest.readers.building import build
from ingest.readers.counts import counted
from ingest.readers.lines import has_words
from ingest.readers.odt.body import Body
from ingest.readers.odt.numbering import Numbering
from ingest.readers.odt.styles import Styles
from ingest.readers.packages import Package
from ingest.readers.xmltree import child, local

__all__ = ["read_odt"]

_MANIFEST = "META-INF/manifest.xml"
_AROUND = {
    "header": "page header",
    "header-first": "page header",
    "header-left": "page header",
    "footer": "page footer",
    "footer-first": "page footer",
    "footer-left": "page footer",
}


def read_odt(name: str, data: bytes) -> ReadFile:
    """Reads an OpenDocument text; macros in it are never looked at.

    Raises:
        EmptyFileError: it holds no words.
        IngestError: it needs a password, is damaged or is no text document.
    """
    package = Package.opened(name, data)
    _check_readable(package)
    content = package.xml("content.xml")
    text = child(content, "body", "text")
    if text is None:
        raise UnsupportedTypeError(
            f"{name} is an OpenDocument file of another kind: save it as a text document."
        )
    styles = package.xml("styles.xml") if "styles.xml" in package else None
    roots = [content] if styles is None else [styles, content]
    body = Body(Styles(content, styles), Numbering(roots))
    built = build(body.read(text))
    if not built.blocks:
        raise EmptyFileError(f"{name} holds no words: check that it is the file you meant.")
    left_out = body.left_out + Counter(_around(styles))
    return ReadFile(
        text=built.text,
        blocks=built.blocks,
        left_out=tuple(counted(what, count) for what, count in left_out.items()),
        title=package.title("meta.xml"),
    )


def _check_readable(package: Package) -> None:
    if _MANIFEST in package:
        manifest = package.xml(_MANIFEST)
        if any(local(each.tag) == "encryption-data" for each in manifest.iter()):
            raise EncryptedFileError(
                f"{package.name} is protected by a password: save a copy without one and add that."
            )
    if "content.xml" not in package:
        raise UnsupportedTypeError(
            f"{package.name} is no OpenDocument text, whatever its name says."
        )


def _around(styles: etree._Element | None) -> list[str]:
    """What stands on every page, once for each kind of page that has words there."""
    elements = styles.iter() if styles is not None else ()
    return [
        _AROUND[local(each.tag)]
        for each in elements
        if local(each.tag) in _AROUND and has_words("".join(each.itertext()))
    ]

"""Sets a document in type: flat OpenDocument in two designs, converted by LibreOffice.

`plain` is one column with nothing around it. `brochure` has two columns, a header and a footer on
each page and a page of contents with the pages' numbers, which are read off a first printing by
poppler's `pdftotext`. Both mark headings, lists and paragraphs by style, as word processors do.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from corpus.models import ParsedDocument
from ingest.blocks import Block, BlockKind, ReadFile

DESIGNS = ("plain", "brochure")
FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "odt": "odt",
    "html": "html:HTML (StarWriter)",
    "pdf": 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"}}',
}
"""The formats, and what LibreOffice calls them. The PDF is untagged, as most published ones are."""

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("fo", "xsl-fo-compatible"),
    )
)


class Line(NamedTuple):
    """A block to be set: `level` of a heading or an item from 1, 0 of a paragraph."""

    kind: BlockKind
    words: str
    level: int


def lines_of(file: ReadFile, parsed: ParsedDocument) -> list[Line]:
    """The blocks of a document that was read from text, headings at the depth of their sections."""
    depths = {
        section.heading.start: len(section.path) for section in parsed.sections if section.heading
    }
    return [
        Line(block.kind, " ".join(block.words.of(file.text).split()), _level(block, depths))
        for block in file.blocks
    ]


def typeset(lines: Sequence[Line], design: str, title: str, folder: Path) -> dict[str, Path]:
    """The document in one design, as a file of each format."""
    pages: dict[str, int] = {}
    if design == "brochure":
        pages = _pages(_printed(_flat(lines, design, title, {}), folder), lines)
    source = folder / f"{design}.fodt"
    source.write_text(_flat(lines, design, title, pages), encoding="utf-8")
    return {suffix: _converted(source, suffix) for suffix in FILTERS}


def _level(block: Block, depths: dict[int, int]) -> int:
    if block.kind is BlockKind.HEADING:
        return depths.get(block.words.start, 1)
    return (block.level or 1) if block.kind is BlockKind.LIST_ITEM else 0


def _converted(source: Path, suffix: str) -> Path:
    """The file that LibreOffice makes of the source; a profile of its own keeps it from waiting."""
    with tempfile.TemporaryDirectory(prefix="saferplans-office-") as profile:
        subprocess.run(
            [
                shutil.which("soffice") or "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                FILTERS[suffix],
                "--outdir",
                str(source.parent),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return source.with_suffix(f".{suffix}")


def _printed(flat: str, folder: Path) -> Path:
    source = folder / "first-printing.fodt"
    source.write_text(flat, encoding="utf-8")
    return _converted(source, "pdf")


def _pages(printed: Path, lines: Sequence[Line]) -> dict[str, int]:
    """The page on which each heading was printed: the last one, as contents come before."""
    text = subprocess.run(["pdftotext", str(printed), "-"], check=True, capture_output=True).stdout
    printed_pages = [" ".join(page.split()) for page in text.decode().split("\f")]
    return {
        words: max((at for at, page in enumerate(printed_pages, 1) if words in page), default=1)
        for words in _headings(lines)
    }


def _headings(lines: Sequence[Line]) -> list[str]:
    return [line.words for line in lines if line.kind is BlockKind.HEADING and line.level < 3]


def _flat(lines: Sequence[Line], design: str, title: str, pages: dict[str, int]) -> str:
    """The document in flat OpenDocument."""
    body = "".join(_body(lines))
    if design == "brochure":
        body = (
            f"{_contents(_headings(lines), pages)}"
            f'<text:section text:style-name="Columns" text:name="Text">{body}</text:section>'
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.3"'
        f' office:mimetype="application/vnd.oasis.opendocument.text">{_styles(design, title)}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _body(lines: Sequence[Line]) -> Iterator[str]:
    for is_list, group in groupby(lines, key=lambda line: line.kind is BlockKind.LIST_ITEM):
        if is_list:
            yield _list(list(group))
            continue
        for line in group:
            tag, attributes = "p", 'text:style-name="Standard"'
            if line.kind is BlockKind.HEADING:
                tag = "h"
                attributes = (
                    f'text:style-name="Heading_20_{line.level}" text:outline-level="{line.level}"'
                )
            yield f"<text:{tag} {attributes}>{escape(line.words)}</text:{tag}>"


def _list(items: Sequence[Line]) -> str:
    inner = "".join(
        "<text:list-item>"
        + "<text:list><text:list-item>" * (item.level - 1)
        + f'<text:p text:style-name="Standard">{escape(item.words)}</text:p>'
        + "</text:list-item></text:list>" * (item.level - 1)
        + "</text:list-item>"
        for item in items
    )
    return f'<text:list text:style-name="Bullets">{inner}</text:list>'


def _contents(headings: Sequence[str], pages: dict[str, int]) -> str:
    entries = "".join(
        f'<text:p text:style-name="Contents_20_1">{escape(words)}<text:tab/>'
        f"{pages.get(words, 1)}</text:p>"
        for words in headings
    )
    return (
        '<text:table-of-content text:name="Contents"><text:table-of-content-source'
        ' text:outline-level="2"/><text:index-body><text:p text:style-name="Contents_20_Heading">'
        f"Contents</text:p>{entries}</text:index-body></text:table-of-content>"
    )


def _styles(design: str, title: str) -> str:
    headings = "".join(
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}"'
        f' style:family="paragraph" style:parent-style-name="Standard"'
        f' style:default-outline-level="{level}"><style:paragraph-properties'
        f' fo:keep-with-next="always" fo:keep-together="always" fo:margin-top="0.4cm"/>'
        f'<style:text-properties fo:font-size="{22 - 3 * level}pt" fo:font-weight="bold"/>'
        "</style:style>"
        for level in range(1, 5)
    )
    around = ""
    if design == "brochure":
        words = f'<text:p text:style-name="Standard">{escape(title)}</text:p>'
        number = '<text:p text:style-name="Standard">Page <text:page-number/></text:p>'
        around = f"<style:header>{words}</style:header><style:footer>{number}</style:footer>"
    return (
        '<office:styles><style:style style:name="Standard" style:family="paragraph">'
        '<style:paragraph-properties fo:margin-bottom="0.25cm"/>'
        '<style:text-properties fo:font-size="11pt"/></style:style>'
        '<style:style style:name="Contents_20_Heading" style:display-name="Contents Heading"'
        ' style:family="paragraph" style:parent-style-name="Standard"><style:text-properties'
        ' fo:font-size="16pt" fo:font-weight="bold"/></style:style>'
        '<style:style style:name="Contents_20_1" style:display-name="Contents 1"'
        ' style:family="paragraph" style:parent-style-name="Standard">'
        "<style:paragraph-properties><style:tab-stops>"
        '<style:tab-stop style:position="15cm" style:type="right" style:leader-style="dotted"'
        ' style:leader-text="."/></style:tab-stops></style:paragraph-properties></style:style>'
        f"{headings}{_bullets()}</office:styles><office:automatic-styles>"
        '<style:style style:name="Columns" style:family="section"><style:section-properties>'
        '<style:columns fo:column-count="2" fo:column-gap="0.8cm"/></style:section-properties>'
        '</style:style><style:page-layout style:name="Page"><style:page-layout-properties'
        ' fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>'
        "<style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard"'
        f' style:page-layout-name="Page">{around}</style:master-page></office:master-styles>'
    )


def _bullets() -> str:
    levels = "".join(
        f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="•">'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab"'
        f' fo:text-indent="-0.5cm" fo:margin-left="{0.5 * level + 0.3}cm"/>'
        "</style:list-level-properties></text:list-level-style-bullet>"
        for level in range(1, 4)
    )
    return f'<text:list-style style:name="Bullets">{levels}</text:list-style>'

"""Word and OpenDocument files."""

from __future__ import annotations

from tests.hostile.archives import packed, patched
from tests.hostile.samples import FAILED, SURVIVED, Sample, data

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="{target}" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument"{mode}/></Relationships>'
)

_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    "{entries}</manifest:manifest>"
)
_ENCRYPTED_ENTRY = (
    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    "</manifest:file-entry>"
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0" + bytes(480)
"""The head of the container in which Office puts an encrypted document: [MS-CFB] 2.2."""

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
_OUTSIDE = '<!ENTITY out SYSTEM "file://{secret}">'
_QUADRATIC = f'<!ENTITY q "{"burglary " * 20_000}">'


def document(body: str, definitions: str = "") -> str:
    """The main part of a Word file."""
    declared = f"<!DOCTYPE w:document [{definitions}]>" if definitions else ""
    opened = f'<?xml version="1.0"?>{declared}<w:document xmlns:w="{_W}"><w:body>'
    return f"{opened}{body}</w:body></w:document>"


def paragraph(words: str) -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def word(
    main: str | bytes, target: str = "word/document.xml", mode: str = "", **more: bytes
) -> bytes:
    """A Word file with this main part."""
    return packed(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.format(target=target, mode=mode).encode(),
            "word/document.xml": main if isinstance(main, bytes) else main.encode(),
            **more,
        }
    )


def open_document(content: str, entries: str = "") -> bytes:
    """An OpenDocument text."""
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": _MANIFEST.format(entries=entries).encode(),
        }
    )


def _content(body: str, definitions: str = "") -> str:
    declared = f"<!DOCTYPE d [{definitions}]>" if definitions else ""
    return (
        f'<?xml version="1.0"?>{declared}<office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )


_PLAN = paragraph("Stockton Community Safety Plan 2011-2014") + paragraph("We will cut burglary.")
_WHOLE = word(document(_PLAN))


def offices(secret: str) -> list[Sample]:
    """The samples; some try to read the file at the path `secret`."""
    outside = _OUTSIDE.format(secret=secret)
    return [
        data("empty.docx", b"", FAILED),
        data("text.docx", b"A plan.", FAILED),
        data("pdf.docx", b"%PDF-1.7\n", FAILED),
        data("truncated.docx", _WHOLE[:-40], FAILED),
        data("half.docx", _WHOLE[: len(_WHOLE) // 2], FAILED),
        data("encrypted.docx", _OLE, FAILED),
        data(
            "encrypted-member.docx",
            patched(packed({"word/document.xml": b"x"}), (6, 8), b"\x01\0"),
            FAILED,
        ),
        data("no-document.docx", packed({"[Content_Types].xml": _TYPES.encode()}), FAILED),
        data("no-words.docx", word(document(paragraph(" "))), FAILED),
        data("no-xml.docx", word(b"\xff\0\xff plan"), FAILED),
        data("cut-xml.docx", word(document(_PLAN)[:-30]), SURVIVED),
        data("laughs.docx", word(document(paragraph("&l11;"), _LAUGHS)), SURVIVED),
        data("quadratic.docx", word(document(paragraph("&q;") * 20_000, _QUADRATIC)), SURVIVED),
        data("outside.docx", word(document(_PLAN + paragraph("&out;"), outside)), SURVIVED),
        data(
            "outside-part.docx",
            word(document(_PLAN), f"file://{secret}", ' TargetMode="External"'),
            SURVIVED,
        ),
        data("slip.docx", word(document(_PLAN), **{"../../slipped.xml": b"x"}), SURVIVED),
        data("macros.docx", word(document(_PLAN), **{"word/vbaProject.bin": _OLE}), SURVIVED),
        data("deep.docx", word(document("<w:sdt><w:sdtContent>" * 50_000)), SURVIVED),
        data("spaces.docx", lambda: word(b"<!-- " + b" " * 190_000_000), SURVIVED),
        data("long.docx", word(document(paragraph("burglary " * 1_000_000))), SURVIVED),
        data(
            "table.docx",
            word(
                document(
                    "<w:tbl>"
                    + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 50 + "</w:tr>") * 2_000
                    + "</w:tbl>"
                    + _PLAN
                )
            ),
            SURVIVED,
        ),
        data(
            "span.docx",
            word(
                document(
                    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/>'
                    "</w:tcPr>" + _PLAN + "</w:tc></w:tr></w:tbl>"
                )
            ),
            SURVIVED,
        ),
        data("itself.docx", word(document(_PLAN), "_rels/.rels"), SURVIVED),
        data(
            "many-parts.docx",
            word(document(_PLAN), **{f"word/{n}.xml": b"" for n in range(9_000)}),
            SURVIVED,
        ),
        data("empty.odt", b"", FAILED),
        data("laughs.odt", open_document(_content("<text:p>&l11;</text:p>", _LAUGHS)), SURVIVED),
        data(
            "outside.odt", open_document(_content("<text:p>plan &out;</text:p>", outside)), SURVIVED
        ),
        data("encrypted.odt", open_document("\x93\x8f\x91", _ENCRYPTED_ENTRY), FAILED),
        data(
            "repeats.odt",
            open_document(
                _content(
                    "<table:table><table:table-row "
                    'table:number-rows-repeated="1048576"><table:table-cell '
                    'table:number-columns-repeated="16384"><text:p>plan</text:p></table:table-cell></table:table-row></table:table>'
                )
            ),
            SURVIVED,
        ),
        data(
            "spaces.odt",
            open_document(_content('<text:p>plan<text:s text:c="2000000000"/>x</text:p>')),
            SURVIVED,
        ),
        data("deep.odt", open_document(_content("<text:section>" * 50_000)), SURVIVED),
    ]

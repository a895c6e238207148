"""PDF files, written by hand: each is broken in its own way."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from tests.hostile.samples import FAILED, SURVIVED, data

_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>>>>>"
)
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_WORDS = b"BT /F 12 Tf 72 700 Td (We will cut burglary in Stockton.) Tj ET"


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)


def pdf(objects: Sequence[bytes], trailer: bytes = b"", *, root: bytes = b"1 0 R") -> bytes:
    """A file of these objects, numbered from 1, with a table of where they stand."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %s%s>>\n" % (len(objects) + 1, root, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def one_page(
    contents: bytes = b"", catalog: bytes = b"", pages: bytes = b"", *more: bytes
) -> bytes:
    """A file of one page; what is empty is as in an ordinary file."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            pages or b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            _PAGE,
            contents or stream(_WORDS),
            _FONT,
            *more,
        ]
    )


_GOOD = one_page()
_FLATE = b"/Filter/FlateDecode"
_TWICE = b"/Filter[/FlateDecode/FlateDecode]"


def _bomb() -> bytes:
    return one_page(stream(zlib.compress(_WORDS + b" " * 200_000_000), _FLATE))


def _nested_bomb() -> bytes:
    return one_page(stream(zlib.compress(zlib.compress(b" " * 200_000_000)), _TWICE))


ENCRYPTED = pdf(
    [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"<</Filter/Standard/V 2/R 3/Length 128/P -1/O<%s>/U<%s>>>" % (b"41" * 32, b"42" * 32),
    ],
    b"/Encrypt 3 0 R/ID[<00><00>]",
)
"""Nobody knows its password."""

PDFS = [
    data("empty.pdf", b"", FAILED),
    data("text.pdf", b"A plan.", FAILED),
    data("header.pdf", b"%PDF-1.7\n", FAILED),
    data("zip.pdf", b"PK\x03\x04" + bytes(100), FAILED),
    data("truncated.pdf", _GOOD[: len(_GOOD) // 2], SURVIVED),
    data("no-end.pdf", _GOOD[:-60], SURVIVED),
    data("broken-table.pdf", _GOOD.replace(b"00000 n", b"99999 n"), SURVIVED),
    data("table-beyond.pdf", _GOOD.replace(b"startxref\n", b"startxref\n9"), SURVIVED),
    data("table-to-itself.pdf", pdf([_FONT], b"/Prev 9"), FAILED),
    data("no-pages.pdf", one_page(pages=b"<</Type/Pages/Kids[]/Count 0>>"), FAILED),
    data(
        "many-pages.pdf", one_page(pages=b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"), SURVIVED
    ),
    data("minus-pages.pdf", one_page(pages=b"<</Type/Pages/Kids[3 0 R]/Count -1>>"), SURVIVED),
    data(
        "pages-in-a-circle.pdf",
        one_page(pages=b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
        FAILED,
    ),
    data("root-is-missing.pdf", pdf([_FONT], root=b"7 0 R"), FAILED),
    data("object-is-itself.pdf", pdf([b"1 0 R"]), FAILED),
    data("encrypted.pdf", ENCRYPTED, FAILED, "protected by a password"),
    data(
        "unknown-encryption.pdf",
        pdf([b"<</Type/Catalog>>", b"<</Filter/Other/V 9>>"], b"/Encrypt 2 0 R"),
        FAILED,
    ),
    data("bomb.pdf", _bomb, SURVIVED),
    data("nested-bomb.pdf", _nested_bomb, SURVIVED),
    data(
        "filters.pdf",
        one_page(stream(b"x", b"/Filter[" + b"/FlateDecode" * 5_000 + b"]")),
        SURVIVED,
    ),
    data("garbage-stream.pdf", one_page(stream(b"\xff" * 5_000, _FLATE)), SURVIVED),
    data(
        "length-lies.pdf",
        one_page(stream(_WORDS).replace(b"/Length 67", b"/Length 99999999")),
        SURVIVED,
    ),
    data("huge-page.pdf", _GOOD.replace(b"595 842", b"9999999 9999999"), SURVIVED),
    data("no-page-size.pdf", _GOOD.replace(b"[0 0 595 842]", b"[0 0 0 0]"), SURVIVED),
    data("pictures-only.pdf", one_page(stream(b"0 0 595 842 re f")), SURVIVED),
    data("deep-arrays.pdf", one_page(catalog=b"/X " + b"[" * 100_000), SURVIVED),
    data("deep-dictionaries.pdf", one_page(catalog=b"/X" + b"<</X" * 100_000), SURVIVED),
    data("states.pdf", one_page(stream(b"q " * 500_000 + _WORDS)), SURVIVED),
    data(
        "form-in-itself.pdf",
        one_page(
            stream(b"/X Do"),
            b"",
            b"",
            stream(
                b"/X Do",
                b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>",
            ),
        ).replace(b"/Font<<", b"/XObject<</X 6 0 R>>/Font<<"),
        SURVIVED,
    ),
    data(
        "bookmarks-in-a-circle.pdf",
        one_page(
            stream(_WORDS),
            b"/Outlines 6 0 R",
            b"",
            b"<</First 7 0 R/Last 7 0 R/Count 1>>",
            b"<</Title(Plan)/Parent 6 0 R/Next 7 0 R/First 7 0 R>>",
        ),
        SURVIVED,
    ),
    data(
        "tags-in-a-circle.pdf",
        one_page(
            stream(_WORDS),
            b"/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R",
            b"",
            b"<</Type/StructTreeRoot/K 7 0 R>>",
            b"<</Type/StructElem/S/P/P 6 0 R/K[7 0 R 7 0 R]>>",
        ),
        SURVIVED,
    ),
    data(
        "script.pdf",
        one_page(catalog=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
        SURVIVED,
    ),
    data("launch.pdf", one_page(catalog=b"/OpenAction<</S/Launch/F(/bin/sh)>>"), SURVIVED),
    data(
        "words.pdf",
        one_page(stream(b"BT /F 1 Tf " + b"1 0 Td (plan) Tj " * 100_000 + b"ET")),
        SURVIVED,
    ),
    data(
        "one-place.pdf",
        one_page(stream(b"BT /F 9 Tf 9 9 Td " + b"(plan) Tj -20 0 Td " * 20_000 + b"ET")),
        SURVIVED,
    ),
]

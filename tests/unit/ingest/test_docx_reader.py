"""Word documents: what Word prints, and nothing that it doesn't."""

from __future__ import annotations

import pytest

from ingest.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    IngestError,
    UnsupportedTypeError,
)
from ingest.readers import read
from tests.unit.ingest.found import lines
from tests.unit.ingest.word import document, package, paragraph, row, run, table

WORDS = paragraph("Words.")


def body(*parts: str) -> list[str]:
    return lines("plan.docx", document("".join(parts)))


def test_headings_by_style_by_what_it_is_based_on_and_by_outline_level() -> None:
    own = '<w:p><w:pPr><w:outlineLvl w:val="3"/></w:pPr>' + run("Fourth") + "</w:p>"
    assert body(
        paragraph("Plan", "T"),
        paragraph("First", "H1"),
        paragraph("Second", "Own"),
        paragraph("Third", "Lvl"),
        own,
        WORDS,
    ) == ["h1 Plan", "h1 First", "h2 Second", "h3 Third", "h4 Fourth", "p Words."]


def test_lines_in_bold_or_large_type_are_headings() -> None:
    bold, large, light = "<w:b/>", '<w:sz w:val="32"/>', '<w:b w:val="0"/>'
    assert body(
        f"<w:p>{run('Burglary', bold)}</w:p>",
        f"<w:p>{run('Theft', large)}</w:p>",
        f"<w:p>{run('Bold', bold)}{run(' in part')}</w:p>",
        f"<w:p>{run('Not bold', light)}</w:p>",
    ) == ["h Burglary", "h Theft", "p Bold in part", "p Not bold"]


def test_lists_and_the_numbers_that_people_cite() -> None:
    assert body(
        paragraph("Reasons", "H1", (2, 0)),
        paragraph("Crime fell.", numbered=(2, 1)),
        paragraph("Fear fell.", numbered=(2, 1)),
        paragraph("Next", "H1", (2, 0)),
        paragraph("We act.", numbered=(2, 1)),
        paragraph("arson", numbered=(1, 0)),
        paragraph("bins", numbered=(1, 1)),
        paragraph("No list.", numbered=(0, 0)),
    ) == [
        "h1 3. Reasons",
        "p 3.1 Crime fell.",
        "p 3.2 Fear fell.",
        "h1 4. Next",
        "p 4.1 We act.",
        "li1 arson",
        "li2 bins",
        "p No list.",
    ]
    numbered = read("plan.docx", document(paragraph("Crime fell.", numbered=(2, 1)))).blocks
    assert [block.number for block in numbered] == ["3.1"]


def test_tracked_changes_are_accepted_and_hidden_text_is_not_read() -> None:
    changed = (
        f"<w:p>{run('We ')}<w:ins>{run('will ')}</w:ins>"
        "<w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('not ')}</w:moveFrom>{run('act', '<w:vanish/>')}{run('help.')}</w:p>"
    )
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Two become ')}</w:p>"
    assert body(changed, joined, f"<w:p>{run('one.')}</w:p>") == [
        "p We will help.",
        "p Two become one.",
    ]


def test_text_boxes_stand_after_their_paragraph_and_once() -> None:
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing><w:txbxContent>{}'
        "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ).replace("{}", paragraph("In a box."))
    assert body(f"<w:p>{run('Before ')}{box}{run('after.')}</w:p>", WORDS) == [
        "p Before after.",
        "p In a box.",
        "p Words.",
    ]


def test_footnotes_stand_at_the_end_of_their_section() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    main = [
        f"<w:p>{run('Crime fell')}{note}{run('.')}</w:p>",
        WORDS,
        paragraph("Next", "H1"),
        WORDS,
    ]
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph("Line")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("By a tenth.")}</w:footnote>'
    )
    assert lines("plan.docx", document("".join(main), {"footnotes": notes})) == [
        "p Crime fell.",
        "p Words.",
        "p By a tenth.",
        "h1 Next",
        "p Words.",
    ]


def test_a_table_says_which_column_a_cell_is_in() -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    start, more = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
    found = body(
        table(
            row(*map(paragraph, ("Priority", "Action", "Lead")), properties="<w:tblHeader/>"),
            row(start + paragraph("Burglary"), paragraph("Locks") * 2, paragraph("Police")),
            row(more + paragraph(""), wide + paragraph("Visits")),
        )
    )
    assert found == [
        "tr Priority / Action / Lead",
        "tr Priority: Burglary / Action: Locks\nLocks / Lead: Police",
        "tr Action: Visits",
    ]


@pytest.mark.parametrize(
    ("look", "headed"),
    [
        ('<w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="1"/>', True),
        ('<w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="0"/>', False),
        ('<w:tblLook w:firstRow="1"/>', False),
    ],
)
def test_a_first_row_that_its_style_sets_apart_heads_the_columns(look: str, headed: bool) -> None:
    cells = row(paragraph("Crime"), paragraph("Count"))
    found = body(table(cells, row(paragraph("Theft"), paragraph("90")), properties=look))
    assert found[1] == ("tr Crime: Theft / Count: 90" if headed else "tr Theft / 90")


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    assert body(
        table(row(paragraph("Vision", "H1") + WORDS, paragraph("Beside."))),
        table(row(paragraph("A"), paragraph("B", "H2")), row(paragraph("C"), paragraph("D"))),
    ) == ["h1 Vision", "p Words.", "p Beside.", "p A", "h2 B", "p C", "p D"]


def test_what_is_no_text_of_the_document_is_left_out_and_counted() -> None:
    # LibreOffice lets the control around a table of contents run on to the end of the document.
    contents = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        "<w:r><w:instrText> TOC \\o </w:instrText></w:r></w:p>{}"
        "<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>{}</w:sdtContent></w:sdt>"
    ).format(paragraph("Vision 3"), paragraph("Kept."))
    data = document(
        contents + paragraph("Aims … 3", "Toc"),
        {"header": paragraph("Dunmarrow"), "footer": paragraph(" ")},
    )
    assert lines("plan.docx", data) == ["p Kept."]
    assert read("plan.docx", data).left_out == (
        "2 lines of contents",
        "1 page header",
    )


def test_what_is_embedded_from_another_file_is_said_to_be_missing() -> None:
    file = read("plan.docx", document(WORDS + "<w:altChunk/>"))
    assert not file.whole
    assert "embedded" in file.notes[0]


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", EncryptedFileError, "password"),
        (document(WORDS)[:-40], DamagedFileError, "cut short"),
        (b"Just words.", DamagedFileError, "cut short"),
        (document(""), EmptyFileError, "no words"),
        (package({"a.txt": "words"}), UnsupportedTypeError, "no Word document"),
        (package({"word/document.xml": "<workbook/>"}), UnsupportedTypeError, "another kind"),
        (package({"word/document.xml": "<a><b></a>"}), DamagedFileError, "damaged"),
        (document("<w:p>" * 400 + "</w:p>" * 400), DamagedFileError, "damaged"),
        (
            package({"word/document.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}),
            DamagedFileError,
            "entities",
        ),
        (package({"word/document.xml": "<a>" + " " * 70 * 2**20 + "</a>"}), IngestError, "MB"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(
    data: bytes, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=r"\.$") as raised:
        read("plan.docx", data)
    assert says in str(raised.value)

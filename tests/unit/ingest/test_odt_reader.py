"""OpenDocument texts: what LibreOffice prints, and nothing that it doesn't."""

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
from tests.unit.ingest.word import package

_NAMES = ("office", "style", "text", "table", "draw", "fo", "manifest")
_ROOT = " ".join(f'xmlns:{name}="urn:{name}"' for name in _NAMES)
STYLES = """
<style:style style:name="Standard" style:family="paragraph">
 <style:text-properties fo:font-size="11pt"/></style:style>
<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Standard">
 <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="P3" style:family="paragraph" style:default-outline-level="3"/>
<style:style style:name="T1" style:family="text">
 <style:text-properties fo:font-weight="normal"/></style:style>
<style:style style:name="T2" style:family="text">
 <style:text-properties text:display="none"/></style:style>
<style:style style:name="Big" style:family="text">
 <style:text-properties fo:font-size="16pt"/></style:style>
"""


def document(body: str, around: str = "", manifest: str = "") -> bytes:
    return package(
        {
            "content.xml": (
                f"<office:document-content {_ROOT}><office:automatic-styles>{STYLES}"
                f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
                "</office:body></office:document-content>"
            ),
            "styles.xml": f"<office:document-styles {_ROOT}>{around}</office:document-styles>",
            "META-INF/manifest.xml": f"<manifest:manifest {_ROOT}>{manifest}</manifest:manifest>",
        }
    )


def body(*parts: str) -> list[str]:
    return lines("plan.odt", document("".join(parts)))


def paragraph(words: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


WORDS = paragraph("Words.")


def test_headings_by_element_by_style_and_by_look() -> None:
    assert body(
        '<text:h text:outline-level="1">First</text:h>',
        "<text:h>Without a level</text:h>",
        paragraph("Second", "P1"),
        paragraph("Third", "P3"),
        paragraph("Bold", "P2"),
        paragraph('<text:span text:style-name="Big">Large</text:span>'),
        paragraph('Bold <text:span text:style-name="T1">in part</text:span>', "P2"),
    ) == [
        "h1 First",
        "h1 Without a level",
        "h2 Second",
        "h3 Third",
        "h Bold",
        "h Large",
        "p Bold in part",
    ]


def test_lists_keep_their_nesting() -> None:
    assert body(
        paragraph("We will:"),
        f"<text:list><text:list-item>{paragraph('stop')}<text:list><text:list-item>"
        f"{paragraph('arson')}{paragraph('and theft')}</text:list-item></text:list>"
        "</text:list-item>"
        f"<text:list-item>{paragraph('help')}</text:list-item></text:list>",
    ) == ["p We will:", "li1 stop", "li2 arson", "p2 and theft", "li1 help"]


def test_words_as_they_are_printed() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        f"{paragraph('By a tenth.')}</text:note-body></text:note>"
    )
    box = f"<draw:frame><draw:text-box>{paragraph('In a box.')}</draw:text-box></draw:frame>"
    hidden = '<text:span text:style-name="T2">not </text:span>'
    assert body(
        "<text:tracked-changes>" + paragraph("Deleted.") + "</text:tracked-changes>",
        paragraph(f"Crime<text:s/>will\n {hidden}fall{note}<text:line-break/>again{box}."),
        '<text:h text:outline-level="1">Next</text:h>',
        "<office:annotation>" + WORDS + "</office:annotation>",
        f"<text:section>{WORDS}</text:section>",
    ) == [
        "p Crime will fall\nagain.",
        "p In a box.",
        "p By a tenth.",
        "h1 Next",
        "p Words.",
    ]


def cell(words: str, look: str = "") -> str:
    return f"<table:table-cell {look}>{paragraph(words)}</table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_a_table_says_which_column_a_cell_is_in() -> None:
    header = row(cell("Priority"), cell("Action"), cell("Lead"))
    assert body(
        f"<table:table><table:table-header-rows>{header}</table:table-header-rows>",
        row(cell("Burglary"), cell("Locks"), cell("Police")),
        row("<table:covered-table-cell/>", cell("Visits"), cell("")),
        "</table:table>",
    ) == [
        "tr Priority / Action / Lead",
        "tr Priority: Burglary / Action: Locks / Lead: Police",
        "tr Action: Visits",
    ]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    heading = '<table:table-cell><text:h text:outline-level="2">Vision</text:h></table:table-cell>'
    rows = row(heading, cell("Photo")) + row(cell("Safe."), cell("End."))
    assert body(f"<table:table>{rows}</table:table>") == [
        "h2 Vision",
        "p Photo",
        "p Safe.",
        "p End.",
    ]


def test_what_is_no_text_of_the_document_is_left_out_and_counted() -> None:
    around = f"<style:header>{paragraph('Dunmarrow')}</style:header><style:footer/>"
    contents = f"<text:table-of-content>{WORDS}</text:table-of-content>"
    file = read("plan.odt", document(contents + WORDS, around))
    assert file.text == "Words."
    assert file.left_out == ("1 page of contents", "1 page header")


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (document(WORDS)[:-40], DamagedFileError, "cut short"),
        (document(""), EmptyFileError, "no words"),
        (
            document(
                WORDS,
                manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
            ),
            EncryptedFileError,
            "password",
        ),
        (package({"a.txt": "words"}), UnsupportedTypeError, "no OpenDocument text"),
        (
            package({"content.xml": f"<office:body {_ROOT}><office:spreadsheet/></office:body>"}),
            UnsupportedTypeError,
            "another kind",
        ),
        (package({"content.xml": "<a>"}), IngestError, "damaged"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(
    data: bytes, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=r"\.$") as raised:
        read("plan.odt", data)
    assert says in str(raised.value)


NUMBERED = """
<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"
 style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1"
 text:display-levels="2"/><text:outline-level-style text:level="3" style:num-format=""/>
</text:outline-style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"
 style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2"
 style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
 <text:list-level-style-number text:level="3" style:num-format="I" text:display-levels="3"/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>
"""


def numbered(*parts: str) -> list[str]:
    return lines("plan.odt", document("".join(parts), NUMBERED))


def heading(words: str, level: int, more: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {more}>{words}</text:h>'


def listed(inner: str, more: str = 'text:style-name="L1"') -> str:
    return f"<text:list {more}>{inner}</text:list>"


def item(inner: str, more: str = "") -> str:
    return f"<text:list-item {more}>{inner}</text:list-item>"


def test_headings_have_their_automatic_numbers() -> None:
    assert numbered(
        heading("About", 1),
        heading("Foreword", 1, 'text:is-list-header="true"'),
        heading("Priorities", 1),
        heading("Burglary", 2),
        heading("Why", 3),
        heading("Theft", 2),
        heading("Delivery", 1, 'text:start-value="7"'),
        heading("Board", 2),
    ) == [
        "h1 1. About",
        "h1 Foreword",
        "h1 2. Priorities",
        "h2 2.1 Burglary",
        "h3 Why",
        "h2 2.2 Theft",
        "h1 7. Delivery",
        "h2 7.1 Board",
    ]


def test_a_heading_in_a_list_has_its_number_and_a_mere_item_none() -> None:
    first = listed(item(heading("Burglary", 1)) + item(paragraph("Mere item.")))
    later = listed(item(heading("Theft", 1)), 'text:style-name="L1" text:continue-numbering="true"')
    anew = listed(item(heading("Arson", 1)))
    bullets = listed(item(heading("Fraud", 1)), 'text:style-name="L2"')
    assert numbered(first, paragraph("Between."), later, anew, bullets) == [
        "h1 1. Burglary",
        "li1 Mere item.",
        "p Between.",
        "h1 3. Theft",
        "h1 1. Arson",
        "h1 Fraud",
    ]


def test_a_paragraph_numbered_over_several_levels_is_cited_by_its_number() -> None:
    deepest = listed(item(paragraph("The board meets.")), "")
    inner = listed(item(paragraph("Below.") + deepest), "")
    assert numbered(listed(item(paragraph("Top.") + inner))) == [
        "li1 Top.",
        "li2 Below.",
        "p 1.a.I The board meets.",
    ]

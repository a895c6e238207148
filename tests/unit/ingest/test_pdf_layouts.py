"""Layouts of PDF files against golden outlines: columns with contents, tables, tags, scans."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.platypus import PageBreak, Paragraph

from corpus.catalogue import Catalogue
from corpus.models import ReadStatus
from ingest.blocks import BlockKind, ReadFile
from ingest.errors import EmptyFileError
from ingest.parsing import parse
from ingest.readers import read
from tests.unit.ingest import pdfs
from tests.unit.ingest.tagged_pdfs import tagged

GOLDEN = Path(__file__).parent / "golden"


def outline(file: ReadFile) -> str:
    """A block a line: page, kind, level and the first words."""
    lines = []
    for block in file.blocks:
        level = "" if block.level is None else f" {block.level}"
        words = block.words.of(file.text)
        lines.append(f"{block.page} {block.kind.value}{level}: {words[:70]}\n")
    return "".join(lines)


def test_two_columns_with_headers_and_contents_are_the_golden_outline() -> None:
    story = pdfs.plan()
    contents = pdfs.contents(("Foreword", 3), ("Our vision", 3), ("Our priorities", 3))
    file = read("plan.pdf", pdfs.built([*story[:3], *contents, *story[3:]], 2, pdfs.numbered))
    assert outline(file) == (GOLDEN / "columns.pdf.txt").read_text(encoding="utf-8")
    assert file.left_out == ("headers, footers or page numbers of 3 pages",)


def test_without_bookmarks_the_contents_page_tells_the_levels() -> None:
    sheet = pdfs.Sheet()
    for at, (left, title) in enumerate([(60, "Our aims"), (80, "Theft"), (60, "Delivery")]):
        sheet.line(left, 100 + 14 * at, title)
        sheet.line(300, 100 + 14 * at, str(at + 2))
    for at, title in enumerate(["Our aims", "Theft", "Delivery"]):
        # All headings look the same, so that only the contents page tells them apart.
        sheet.line(60, 300 + 60 * at, title, 14)
        sheet.line(60, 320 + 60 * at, f"What is to be said of {title} is said in this sentence.")
    headings = [b for b in read("plan.pdf", sheet.data()).blocks if b.kind is BlockKind.HEADING]
    assert [block.level for block in headings] == [1, 2, 1]


@pytest.mark.parametrize("rules", ["grid", "lines", "bands", "none"])
def test_rows_of_a_table_say_which_column_each_cell_is_in(rules: str) -> None:
    rows = [
        ("Priority", "Lead", "What will be done"),
        ("Burglary", "Police", "Visit every burgled home within a week, and light the alleys"),
        ("Hate crime", "Council", "Train the staff of all libraries to take reports"),
    ]
    story = [
        Paragraph(pdfs.PROSE, pdfs.BODY),
        pdfs.table(rows, (100, 80, 160), rules),
        Paragraph(pdfs.PROSE, pdfs.BODY),
    ]
    file = read("plan.pdf", pdfs.built(story))
    found = [block for block in file.blocks if block.kind is BlockKind.TABLE_ROW]
    assert [block.words.of(file.text) for block in found] == [" | ".join(row) for row in rows]
    assert [block.header for block in found] == [True, False, False]
    heads = [cell.header.of(file.text) for cell in found[1].cells if cell.header]
    assert heads == ["Priority", "Lead", "What will be done"]


def test_a_table_over_a_page_break_is_one_with_one_header() -> None:
    rows = [
        ("Action", "Lead"),
        *((f"Action number {at} of the plan", "Police") for at in range(60)),
    ]
    file = read("plan.pdf", pdfs.built([pdfs.table(rows, (200, 100), "grid")]))
    found = [block for block in file.blocks if block.kind is BlockKind.TABLE_ROW]
    assert {block.page for block in found} == {1, 2}
    assert [block.words.of(file.text) for block in found] == [" | ".join(row) for row in rows]


def test_a_merged_cell_stands_once_in_its_first_row() -> None:
    rows = [("Theme", "Action"), ("Homes", "Lock doors"), ("", "Light alleys")]
    story = [pdfs.table(rows, (100, 120), "grid", merged=((0, 1), (0, 2)))]
    assert read("plan.pdf", pdfs.built(story)).text == (
        "Theme | Action\nHomes | Lock doors\nLight alleys"
    )


def test_a_tagged_file_is_read_by_its_tags() -> None:
    nested = ("L", [("LI", "at night")])
    item = ("LI", [("Lbl", "1."), ("LBody", [("P", "lock doors"), nested])])
    header = ("TR", [("TH", "Action"), ("TH", "Lead")])
    trees = [
        ("H1", "Our vision"),
        ("P", "Everybody is safe here."),
        ("H1", "Our priorities"),
        ("H2", "Burglary"),
        ("L", [item]),
        ("Table", [header, ("TR", [("TD", "Patrols"), ("TD", "Us")])]),
    ]
    # Printed in another order than tagged, all in one size of type.
    order = ["Everybody is safe here.", "Burglary", "Our vision", "at night", "Us"]
    order += ["Our priorities", "lock doors", "1.", "Patrols", "Lead", "Action"]
    file = read("plan.pdf", tagged(trees, order, artifact="A running head"))
    assert outline(file) == (
        "1 heading 1: Our vision\n"
        "1 paragraph: Everybody is safe here.\n"
        "1 heading 1: Our priorities\n"
        "1 heading 2: Burglary\n"
        "1 list_item 1: 1. lock doors\n"
        "1 list_item 2: at night\n"
        "1 table_row: Action | Lead\n"
        "1 table_row: Patrols | Us\n"
    )
    assert file.left_out == ("headers, footers or page numbers of 1 page",)


def test_tags_that_leave_out_text_are_not_followed() -> None:
    trees = [("H1", "Our vision"), ("H1", "Our priorities")]
    data = tagged(trees, ["Our priorities", "Our vision"])
    loose = data.replace(b"/K [8 0 R 9 0 R ]", b"/K [8 0 R ]       ")
    assert loose != data
    assert read("plan.pdf", loose).text == "Our priorities Our vision"


@pytest.mark.needs("tesseract")
def test_a_scan_is_read_by_ocr_and_marked() -> None:
    data = pdfs.scanned(pdfs.built([*pdfs.plan()[3:9], PageBreak(), *pdfs.plan()[9:11]]))
    file = read("plan.pdf", data)
    assert [
        block.words.of(file.text) for block in file.blocks if block.kind is BlockKind.HEADING
    ] == [
        "Foreword",
        "Our vision",
        "Our priorities",
        "Burglary",
    ]
    assert file.whole
    (note,) = file.notes
    assert note.startswith("Pages 1–2 are scanned and read by OCR, with a mean confidence of 9")
    parsed = parse("plan.pdf", data, Catalogue())
    assert parsed.document.document.status is ReadStatus.DEGRADED


def test_without_ocr_a_scan_is_unreadable_on_its_board(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    data = pdfs.scanned(pdfs.built(pdfs.plan()[3:5]))
    parsed = parse("hartlepool-community-safety-plan-2021-2024.pdf", data, Catalogue())
    (plan,) = parsed.document.plans
    assert (plan.area, str(plan.period), plan.read_whole) == ("Hartlepool", "2021-2024", False)
    assert parsed.document.document.status is ReadStatus.UNREADABLE
    with pytest.raises(EmptyFileError, match="install Tesseract"):
        parse("scan.pdf", data, Catalogue())


def test_one_scanned_page_is_named_and_leaves_the_plan_not_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    file = read("plan.pdf", pdfs.built([*pdfs.plan(), PageBreak(), pdfs.picture()]))
    assert not file.whole
    assert file.notes[0].startswith("Page 4 is without text that can be read")

"""PDF files as a reader of plans sees them: pages, order, headings, lists, and no furniture."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph

from corpus.catalogue import Catalogue
from corpus.models import Period, Role
from ingest.blocks import BlockKind, ReadFile
from ingest.errors import DamagedFileError, EncryptedFileError, IngestError
from ingest.parsing import parse
from ingest.readers import read
from ingest.readers.pdf.hyphens import text_of
from ingest.readers.pdf.opening import opened
from tests.unit.ingest import pdfs
from tests.unit.ingest.documents import tree


def read_pdf(data: bytes) -> ReadFile:
    return read("plan.pdf", data)


def words(file: ReadFile, kind: BlockKind) -> list[str]:
    return [block.words.of(file.text) for block in file.blocks if block.kind is kind]


@pytest.mark.parametrize(
    ("columns", "edge"), [(1, pdfs.nothing), (2, pdfs.numbered)], ids=["plain", "columns"]
)
def test_a_plan_is_understood_whatever_its_design(columns: int, edge: pdfs.Edge) -> None:
    parsed = parse("plan.pdf", pdfs.built(pdfs.plan(), columns, edge), Catalogue())
    assert tree(parsed.document) == (
        "Ashdale Community Safety Plan 2021-2024 (other) [Ashdale, 2021-2024, full]\n"
        "  Working together for safer neighbourhoods (other)\n"
        "  Foreword (other)\n"
        "  Our vision (vision)\n"
        "  Our priorities (priority_list)\n"
        "    Burglary (priority)\n"
        "    Anti-social behaviour (priority)\n"
        "    Violence against women and girls (priority)\n"
        "  Delivery (other)\n"
    )
    assert parsed.document.plans[0].period == Period(start=2021, end=2024)
    assert parsed.report.notes == ()


def test_each_block_knows_its_page() -> None:
    parsed = parse("plan.pdf", pdfs.built(pdfs.plan()), Catalogue())
    pages = {
        passage.path[-1]: passage.page
        for passage in parsed.document.passages
        if passage.role in (Role.OTHER, Role.VISION)
    }
    assert pages["Working together for safer neighbourhoods"] == 1
    assert pages["Our vision"] == 2
    assert parsed.document.document.pages == 3


def running(pages: int) -> list[Flowable]:
    story: list[Flowable] = []
    for number, topic in enumerate(["Burglary", "Arson", "Theft", "Robbery"][:pages], start=1):
        story += [
            Paragraph(f"Priority {number}", pdfs.FIRST),
            Paragraph(f"{topic} comes {number}. {topic} matters. {pdfs.PROSE}", pdfs.BODY),
            PageBreak(),
        ]
    return story


def test_headers_and_page_numbers_are_left_out_and_counted() -> None:
    file = read_pdf(pdfs.built(running(4), edge=pdfs.numbered))
    assert "Ashdale Community Safety Partnership" not in file.text
    assert "Page" not in file.text
    assert words(file, BlockKind.HEADING) == [f"Priority {number}" for number in range(1, 5)]
    assert file.left_out == ("headers, footers or page numbers of 4 pages",)


def test_columns_are_read_one_after_the_other_and_a_heading_across_both_between() -> None:
    page = pdfs.Sheet()
    for top, label in ((100, "First"), (300, "Second")):
        page.line(60, top, f"{label} heading across both of the columns of this page", 16)
        for at in range(6):
            page.line(60, top + 30 + 13 * at, f"{label} left {at} goes on for a good while")
            page.line(310, top + 30 + 13 * at, f"{label} right {at} goes on for a good while")
    order = [line.split(" goes")[0] for line in read_pdf(page.data()).text.split("while")]
    assert [" ".join(each.split()[-3:]) for each in order if each] == [
        f"{label} {side} {at}"
        for label in ("First", "Second")
        for side in ("left", "right")
        for at in range(6)
    ]


def test_a_short_heading_above_both_columns_stands_between_them() -> None:
    page = pdfs.Sheet()
    for top, label in ((100, "First"), (240, "Second")):
        page.line(60, top, f"{label} part", 16)
        for at in range(6):
            page.line(60, top + 30 + 13 * at, f"{label} left {at} goes on for a good while")
            page.line(310, top + 30 + 13 * at, f"{label} right {at} goes on for a good while")
    file = read_pdf(page.data())
    assert words(file, BlockKind.HEADING) == ["First part", "Second part"]
    first, second = file.text.split("Second part")
    assert "First right 5" in first
    assert second.index("Second left 5") < second.index("Second right 0")


def test_a_last_page_with_a_few_lines_has_the_columns_of_the_page_before() -> None:
    pages = pdfs.Sheet()
    for at in range(20):
        pages.line(60, 100 + 13 * at, f"Left {at} goes on for quite a good while")
        pages.line(310, 100 + 13 * at, f"Right {at} goes on for quite a good while")
    pages.canvas.showPage()
    pages.line(60, 100, "and ends on the left with the Local")
    pages.line(60, 113, "Profile, the Counter Terrorism Local")
    pages.line(310, 100, "Action Plan and more.")
    text = " ".join(read_pdf(pages.data()).text.split())
    assert text.endswith("Profile, the Counter Terrorism Local Action Plan and more.")


def test_a_large_heading_beside_prose_and_prose_below_contents_stay_what_they_are() -> None:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    # The gap between the columns is wide for the prose, and narrow for the heading.
    second = 57 + 20 + canvas.stringWidth("10 Prose of the first of the columns here")
    for at, title in enumerate(("Vision", "Priorities", "Delivery"), 1):
        canvas.drawString(57, 780 - 14 * at, f"{title} {'.' * (130 - 2 * len(title))} {at}")
    for at in range(12):
        canvas.drawString(57, 700 - 14 * at, f"{at + 10} Prose of the first of the columns here")
        if at > 3:
            canvas.drawString(
                second, 700 - 14 * at, f"{at + 10} Prose of the second column, and so on"
            )
    canvas.setFont("Helvetica-Bold", 19)
    canvas.drawString(second, 681, "Our priorities")
    canvas.drawString(second, 659, "in this plan")
    canvas.save()
    file = read_pdf(stream.getvalue())
    assert words(file, BlockKind.HEADING) == ["Our priorities in this plan"]
    assert words(file, BlockKind.LIST_ITEM)[:3] == ["Vision 1", "Priorities 2", "Delivery 3"]
    assert all(f"{at} Prose of the first" in file.text for at in range(10, 22))


def test_a_range_of_years_over_two_lines_is_one() -> None:
    assert text_of(["Plan 2011-", "2014 for"], frozenset()) == "Plan 2011-2014 for"
    assert text_of(["Plan 2011–", "2014 for"], frozenset()) == "Plan 2011–2014 for"


def test_words_broken_at_the_end_of_a_line_are_mended() -> None:
    page = pdfs.Sheet()
    lines = (
        "The Partnership will reduce anti-social behaviour and the neigh-",
        "bourhood teams will act on anti-",
        "social behaviour with a multi-",
        "agency group, ﬁrst of all in parks where residents ask for it.",
    )
    for at, line in enumerate(lines):
        page.line(60, 100 + 13 * at, line)
    assert read_pdf(page.data()).text == (
        "The Partnership will reduce anti-social behaviour and the neighbourhood teams will act on "
        "anti-social behaviour with a multi-agency group, first of all in parks where residents "
        "ask for it."
    )


def test_a_paragraph_over_a_page_break_is_one_and_so_is_a_nested_list() -> None:
    nested = ParagraphStyle("nested", pdfs.BODY, leftIndent=40, bulletIndent=28)
    item = ParagraphStyle("item", pdfs.BODY, leftIndent=20, bulletIndent=8)
    story: list[Flowable] = [
        Paragraph("Visits to homes", item, bulletText="•"),
        Paragraph("within a week", nested, bulletText="–"),
        Paragraph("Patrols", item, bulletText="•"),
        *(Paragraph(pdfs.PROSE, pdfs.BODY) for _ in range(12)),
        Paragraph(pdfs.PROSE * 8, pdfs.BODY),
    ]
    file = read_pdf(pdfs.built(story))
    assert file.pages == 2
    items = [block for block in file.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(block.words.of(file.text), block.level) for block in items] == [
        ("Visits to homes", 1),
        ("within a week", 2),
        ("Patrols", 1),
    ]
    assert words(file, BlockKind.PARAGRAPH)[-1] == (pdfs.PROSE * 8).strip()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (pdfs.built(pdfs.plan())[:600], DamagedFileError),
        (b"%PDF-1.7\nnothing of the kind", DamagedFileError),
        (pdfs.encrypted(), EncryptedFileError),
    ],
    ids=["truncated", "no PDF", "encrypted"],
)
def test_what_can_not_be_opened_is_refused_with_what_to_do(
    data: bytes, error: type[IngestError]
) -> None:
    with pytest.raises(error, match=r"^plan\.pdf is .*: .*\.$"):
        read_pdf(data)


@pytest.mark.parametrize("angle", [90, 270])
def test_a_page_that_lies_on_its_side_is_read_as_one_that_stands(angle: int) -> None:
    sheet = pdfs.Sheet()
    sheet.canvas.translate(300, 400)
    sheet.canvas.rotate(angle)
    for at in range(3):
        sheet.line(-200, 830 + 13 * at, f"Line {at} of a table that was printed sideways")
    assert read_pdf(sheet.data()).text == " ".join(
        f"Line {at} of a table that was printed sideways" for at in range(3)
    )


def test_a_stamp_across_a_page_is_kept_apart_from_its_text() -> None:
    sheet = pdfs.Sheet()
    sheet.line(60, 100, "The Partnership will act on burglary.")
    sheet.canvas.rotate(45)
    sheet.line(300, 500, "Draft for discussion")
    blocks = read_pdf(sheet.data()).text.split("\n\n")
    assert blocks == ["The Partnership will act on burglary.", "Draft for discussion"]


_PLAN = pdfs.built(pdfs.plan(), 2, pdfs.numbered)


@given(
    st.lists(
        st.tuples(st.integers(9, len(_PLAN)), st.integers(0, 40), st.binary(max_size=12)),
        min_size=1,
        max_size=20,
    )
)
def test_a_file_with_faults_is_read_or_refused(faults: list[tuple[int, int, bytes]]) -> None:
    data = bytearray(_PLAN)
    for at, size, instead in faults:
        data[at : at + size] = instead
    with suppress(IngestError):
        file = read_pdf(bytes(data))
        assert all(block.words.of(file.text).strip() for block in file.blocks)


def test_a_fault_met_only_as_pages_are_read_is_a_damaged_file() -> None:
    with (
        pytest.raises(DamagedFileError, match=r"^plan.pdf is damaged"),
        opened("plan.pdf", pdfs.Sheet().data()),
    ):
        raise pypdfium2.PdfiumError("Failed to load page.")


def test_a_page_that_is_damaged_is_named() -> None:
    sheet = pdfs.Sheet()
    for page in ("first", "second"):
        sheet.line(60, 100, f"The {page} page of the plan holds these words.")
        sheet.canvas.showPage()
    data = sheet.data()
    at = data.rindex(b"/Type /Page\n")
    file = read_pdf(data[:at] + b"/Type /Pagx\n" + data[at + 12 :])
    assert not file.whole
    assert file.notes == ("Page 2 is damaged and not read: get the file from its publisher anew.",)

"""PDF files for the tests, made with ReportLab: a plan in two designs, and single pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import PIL.Image
import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

for _name in ("Vera", "VeraBd"):
    # Fonts that come with ReportLab, and have ligatures.
    registerFont(TTFont(_name, f"{_name}.ttf"))

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=7)
TITLE = ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=26, leading=32)
SUBTITLE = ParagraphStyle("subtitle", BODY, fontSize=14, leading=18)
FIRST = ParagraphStyle(
    "first", BODY, fontName="Helvetica-Bold", fontSize=16, leading=20, spaceBefore=12
)
SECOND = ParagraphStyle(
    "second", BODY, fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8
)

Edge = Callable[[Canvas, BaseDocTemplate], None]


def numbered(canvas: Canvas, document: BaseDocTemplate) -> None:
    """A running head and a page number, as most plans have."""
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, A4[1] - 40, "Ashdale Community Safety Partnership")
    canvas.drawRightString(A4[0] - 60, 35, f"Page {document.page}")


def nothing(canvas: Canvas, document: BaseDocTemplate) -> None:
    """No header and no footer."""


def built(story: Sequence[Flowable], columns: int = 1, edge: Edge = nothing) -> bytes:
    """A PDF of these flowables; pages after the first in so many columns."""
    stream = BytesIO()
    document = BaseDocTemplate(stream, pagesize=A4, invariant=1)
    width = (A4[0] - 120 - 24 * (columns - 1)) / columns
    frames = [
        Frame(60 + at * (width + 24), 60, width, A4[1] - 130, 0, 0, 0, 0) for at in range(columns)
    ]
    first = Frame(60, 60, A4[0] - 120, A4[1] - 130, 0, 0, 0, 0)
    document.addPageTemplates(
        [PageTemplate("first", [first], onPage=edge), PageTemplate("later", frames, onPage=edge)]
    )
    document.build([NextPageTemplate("later"), *story])
    return stream.getvalue()


class Marked(Paragraph):
    """A heading with an entry in the file's outline."""

    def __init__(self, text: str, style: ParagraphStyle, level: int) -> None:
        super().__init__(text, style)
        self._entry = text, level

    def draw(self) -> None:
        text, level = self._entry
        self.canv.bookmarkPage(text)
        self.canv.addOutlineEntry(text, text, level)
        super().draw()


def bullets(*items: str) -> ListFlowable:
    """A list with bullets."""
    return ListFlowable(
        [ListItem(Paragraph(item, BODY)) for item in items], bulletType="bullet", start="•"
    )


def table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    rules: str,
    merged: tuple[tuple[int, int], tuple[int, int]] | None = None,
) -> Table:
    """A table with a grid, with lines below its rows, with bands of shade, or with none."""
    styles = {
        "grid": [("GRID", (0, 0), (-1, -1), 0.5, "black")],
        "lines": [
            ("LINEABOVE", (0, 0), (-1, 0), 1, "black"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, "grey"),
        ],
        "none": [],
        "bands": [
            ("BACKGROUND", (0, 0), (-1, 0), "lightblue"),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), ["white", "lightgrey"]),
        ],
    }
    commands = [*styles[rules], ("VALIGN", (0, 0), (-1, -1), "TOP")]
    if merged:
        commands.append(("SPAN", *merged))
    cells = [[Paragraph(cell, BODY) for cell in row] for row in rows]
    return Table(cells, colWidths=list(widths), style=TableStyle(commands), repeatRows=1)


def contents(*entries: tuple[str, int]) -> list[Flowable]:
    """A page of contents, with dots that lead to the pages' numbers."""
    dotted = [f"{title} {'.' * (60 - len(title))} {page}" for title, page in entries]
    return [Paragraph("Contents", FIRST), *(Paragraph(line, BODY) for line in dotted), PageBreak()]


def scanned(data: bytes) -> bytes:
    """The same pages as pictures of them, 200 dots an inch."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            picture = page.render(scale=200 / 72, grayscale=True).to_pil()
            canvas.drawImage(ImageReader(picture), 0, 0, *A4)
            canvas.showPage()
    canvas.save()
    return stream.getvalue()


def picture() -> Image:
    """A picture that fills most of a page."""
    stream = BytesIO()
    PIL.Image.new("L", (40, 60), 128).save(stream, "PNG")
    stream.seek(0)
    return Image(stream, 400, 600)


PROSE = (
    "The Partnership brings together the council, the police, the fire service and the health "
    "service. It meets four times in a year, looks at what residents report and at what the "
    "agencies record, and agrees who will do what. "
)


def plan() -> list[Flowable]:
    """A plan of one area: a foreword, a vision, three priorities and a table of actions."""
    story: list[Flowable] = [
        Paragraph("Ashdale Community Safety Plan 2021-2024", TITLE),
        Paragraph("Working together for safer neighbourhoods", SUBTITLE),
        PageBreak(),
    ]
    for title, text in (
        ("Foreword", PROSE * 3),
        ("Our vision", "Ashdale is a place where everybody is safe, and feels it. " + PROSE),
    ):
        story += [Marked(title, FIRST, 0), Paragraph(text, BODY)]
    story += [Marked("Our priorities", FIRST, 0), Paragraph(PROSE, BODY)]
    for title, first, *actions in (
        (
            "Burglary",
            "Homes are broken into most often in winter.",
            "mark property",
            "light alleys",
        ),
        ("Anti-social behaviour", "Residents name it first.", "wardens in parks", "mediation"),
        ("Violence against women and girls", "Reports have risen.", "safe places", "training"),
    ):
        story += [Marked(title, SECOND, 1), Paragraph(f"{first} {PROSE}", BODY)]
        story += [Paragraph("We will provide:", BODY), bullets(*actions), Paragraph(PROSE, BODY)]
    story += [
        Marked("Delivery", FIRST, 0),
        table(
            [
                ("Action", "Lead", "By when"),
                ("Mark the property of every burgled home", "Police", "June 2022"),
                ("Light the alleys behind the station", "Council", "2023"),
            ],
            (120, 60, 60),
            "grid",
        ),
        Paragraph(PROSE, BODY),
    ]
    return story


class Sheet:
    """Pages on which each line is put where a test wants it, in points from the top left."""

    def __init__(self, password: str | None = None) -> None:
        self._stream = BytesIO()
        self.canvas = Canvas(self._stream, pagesize=A4, invariant=1, encrypt=password)

    def line(self, left: float, baseline: float, text: str, size: float = 10) -> None:
        """Prints one line, from 14 points on in bold type."""
        self.canvas.setFont("VeraBd" if size >= 14 else "Vera", size)
        self.canvas.drawString(left, A4[1] - baseline, text)

    def data(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self._stream.getvalue()


def encrypted() -> bytes:
    """A file that opens with a password only."""
    sheet = Sheet("secret")
    sheet.line(60, 60, "A plan that nobody may read")
    return sheet.data()

"""Invented plans of many makes, each understood as a person understands it.

The files of `layouts` and the documents made here are the test's own; their outlines in
`golden/layouts` were checked by eye.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from ingest.parsing import parse
from tests.unit.ingest import word
from tests.unit.ingest.documents import tree

HERE = Path(__file__).parent
LAYOUTS = sorted((HERE / "layouts").iterdir())


def bold_lines() -> bytes:
    """Headings that are bold lines, bullets that were typed, dates in words."""
    title = word.run("Larkmoor Crime Reduction Plan", '<w:b/><w:sz w:val="48"/>')
    lines = [
        "April 2023 to March 2026",
        "Larkmoor Community Safety Partnership",
        "*Foreword",
        "It gives me pleasure to introduce the plan for Larkmoor.",
        "Councillor A Name, Chair of the Partnership",
        "*Our priorities",
        "We will focus on what matters most to the people of Larkmoor.",
        "*Priority 1: Hate crime",
        "Reports of hate crime have doubled. We will open third party reporting centres.",
        "•\tfive centres by 2024",
        "*Priority 2: Vehicle crime",
        "Vans are targeted for tools.",
        "*Priority 3: Fire setting",
        "Deliberate fires rise each spring on the moor.",
        "*Monitoring",
        "The board looks at progress each quarter.",
    ]
    return word.document(
        f"<w:p>{title}</w:p>"
        + "".join(
            f"<w:p>{word.run(line.lstrip('*'), '<w:b/>' if line.startswith('*') else '')}</w:p>"
            for line in lines
        )
    )


def nothing_marked() -> bytes:
    """A Word file in which no heading is marked by style or by type."""
    lines = [
        "Community Safety Plan for Netherby 2021-2024",
        "Introduction",
        "This plan was agreed by the partners in Netherby.",
        "Priorities",
        "Burglary",
        "Homes in Netherby are broken into most often in winter, and residents fear it most.",
        "Road safety",
        "Speeding is reported to every parish council, and three people died last year.",
        "How we will measure progress",
        "The board looks at the figures each quarter.",
    ]
    return word.document("".join(map(word.paragraph, lines)))


def styled() -> bytes:
    """Styles, automatic numbers, and each priority as a table of two columns."""

    def actions(*pairs: tuple[str, str]) -> str:
        rows = (("What we will do", "Who leads"), *pairs)
        header, *others = (word.row(*map(word.paragraph, each)) for each in rows)
        marked = header.replace("<w:trPr>", "<w:trPr><w:tblHeader/>")
        return word.table(marked, *others)

    return word.document(
        word.paragraph("Safer Ulverton", "T")
        + word.paragraph("Crime and Disorder Strategy 2019-22")
        + word.paragraph("Contents", "Toc")
        + word.paragraph("Our priorities 4", "Toc")
        + word.paragraph("About us", "H1", (2, 0))
        + word.paragraph("The Safer Ulverton Partnership meets in Ulverton.")
        + word.paragraph("Our priorities", "H1", (2, 0))
        + word.paragraph("Drugs", "H2")
        + word.paragraph("Dealing in parks is reported most.")
        + actions(("Patrol the parks", "Police"), ("Fund treatment", "Health board"))
        + word.paragraph("Loneliness and fear", "H2")
        + word.paragraph("Older people stay at home after dark.")
        + actions(("Visit those who live alone", "Fire service"))
        + word.paragraph("Reviewing the strategy", "H1", (2, 0))
        + word.paragraph("Each year.")
    )


MADE = {
    "bold-lines.docx": bold_lines,
    "nothing-marked.docx": nothing_marked,
    "styled.docx": styled,
}


def outline(name: str, data: bytes) -> str:
    return tree(parse(name, data, Catalogue()).document)


def golden(name: str) -> str:
    return (HERE / "golden" / "layouts" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.name)
def test_a_file_is_understood(path: Path) -> None:
    assert outline(path.name, path.read_bytes()) == golden(path.name)


@pytest.mark.parametrize(("name", "made"), MADE.items(), ids=list(MADE))
def test_a_word_document_is_understood(name: str, made: Callable[[], bytes]) -> None:
    assert outline(name, made()) == golden(name)

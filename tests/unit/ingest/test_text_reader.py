"""Plain text and Markdown: what is a heading, a paragraph, an item, and where it stands."""

from __future__ import annotations

import pytest

from ingest.blocks import Block, BlockKind, ReadFile
from ingest.errors import EmptyFileError, UndecodableFileError, UnsupportedTypeError
from ingest.readers import read

PROSE = "The partnership will reduce crime and disorder in every ward of the borough by 2014."


def blocks(text: str) -> list[tuple[str, str]]:
    """Kind and words of each block."""
    file = read("plan.txt", text.encode())
    return [(block.kind.value, block.words.of(file.text)) for block in file.blocks]


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in blocks(text)]


def items(file: ReadFile) -> list[Block]:
    return [block for block in file.blocks if block.kind is BlockKind.LIST_ITEM]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café – “safe”".encode(), "Café – “safe”"),
        ("\ufeffCafé".encode(), "Café"),
        ("Café".encode("utf-16"), "Café"),
        (b"a\r\nb\rc\nd", "a\r\nb\rc\nd"),
    ],
)
def test_text_is_the_decoded_file(data: bytes, text: str) -> None:
    file = read("plan.txt", data)
    assert (file.text, file.notes) == (text, ())


def test_windows_text_is_read_with_a_note() -> None:
    file = read("plan.txt", "Café – “safe”".encode("cp1252"))
    assert file.text == "Café – “safe”"
    assert file.whole
    (note,) = file.notes
    assert "Windows-1252" in note
    assert "save it as UTF-8" in note


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("plan.xyz", b"text", UnsupportedTypeError, "save it as one of .docm, .docx"),
        ("plan", b"text", UnsupportedTypeError, "can't be read yet"),
        ("plan.txt", b"%PDF-1.7 ...", UnsupportedTypeError, "is a PDF, whatever"),
        ("plan.md", b"PK\x03\x04...", UnsupportedTypeError, "an Office file"),
        ("plan.txt", b"", EmptyFileError, "is empty"),
        ("plan.txt", b" \r\n\t\n", EmptyFileError, "is empty"),
        ("plan.txt", b"\xef\xbb\xbf\n", EmptyFileError, "holds no words"),
        ("plan.txt", b"--- * ...", EmptyFileError, "holds no words"),
        ("plan.txt", b"plan\x00text", UndecodableFileError, "NUL"),
        ("plan.txt", b"\x81\x8d\xff plan", UndecodableFileError, "unknown encoding"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    name: str, data: bytes, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=r"\.$") as raised:
        read(name, data)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    "heading",
    [
        "Key priorities",
        "OUR VISION",
        "3.2 Violent crime",
        "4 Implications",
        "Priority 1: Burglary",
        "Our priorities:",
        "What are our priorities?",
        "**Anti-social behaviour**",
        "# Burglary",
        "### Burglary ###",
        "Burglary\n========",
        "Burglary\n--------",
        "====================\nBURGLARY PLAN 2021\n====================",
        "Prevent and reduce offending, re-offending and the risk of offending",
        "Prevent and reduce offending, re-offending and\nthe risk of offending",
    ],
)
def test_headings_of_every_style(heading: str) -> None:
    assert kinds(f"{PROSE}\n\n{heading}\n\n{PROSE}\n") == ["paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    "line",
    [
        "We will:",
        "To reduce crime by:",
        "Crime is down.",
        "burglary and robbery",
        "Foreword ........ 3",
        "Foreword    3",
        "Write to safer@example.org",
        "See www.example.org",
        "2021",
        "Call 101 for help. In an emergency call 999",
        PROSE.rstrip("."),
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert kinds(f"{PROSE}\n\n{line}\n\n{PROSE}\n")[1] == "paragraph"


def test_marks_of_a_heading_are_no_words_of_it() -> None:
    file = read("plan.md", b"## Burglary ##\n\nText here.\n\nRobbery\n---\n")
    words = [(block.words.of(file.text), block.level) for block in file.blocks]
    assert words == [("Burglary", 2), ("Text here.", None), ("Robbery", 2)]


def test_in_markdown_a_short_line_is_no_heading_but_a_bold_one_is() -> None:
    text = "# Plan\n\n## Vision\n\nA safe place\n\n**Aims**\n\nText here.\n"
    assert kinds(text) == ["heading", "heading", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "– ", "1. ", "2) ", "a) ", "(iv) ", "o ", "➢ "])
def test_items_by_every_mark(mark: str) -> None:
    assert kinds(f"The aims are:\n\n{mark}burglary\n{mark}robbery\n") == [
        "paragraph",
        "list_item",
        "list_item",
    ]


def test_items_nest_by_indent() -> None:
    text = "- a one\n  - b two\n    • c three\n  - d four\n- e five\n\n  more of five\n"
    file = read("plan.txt", text.encode())
    assert [block.level for block in file.blocks] == [1, 2, 3, 2, 1, 1]
    assert file.blocks[-1].kind is BlockKind.PARAGRAPH


def test_numbered_paragraphs_are_paragraphs_with_a_number() -> None:
    text = (
        "3 Reasons\n\n- 3.4 Government cuts fell hard.\n- 3.5 Hartlepool follows.\n\n3.6 They do.\n"
    )
    file = read("plan.txt", text.encode())
    assert [(block.kind.value, block.number) for block in file.blocks] == [
        ("heading", "3"),
        ("paragraph", "3.4"),
        ("paragraph", "3.5"),
        ("paragraph", "3.6"),
    ]


def test_a_decimal_is_no_number_of_a_paragraph() -> None:
    assert kinds("- 2.5 million people live here\n") == ["list_item"]


def test_numbered_lines_without_text_between_are_a_list() -> None:
    assert kinds("Aims\n\n1. Burglary\n\n2. Robbery\n\n3. Theft\n") == [
        "heading",
        "list_item",
        "list_item",
        "list_item",
    ]


def test_numbered_lines_with_text_between_are_headings() -> None:
    text = f"1. Burglary\n\n{PROSE}\n\n2. Robbery\n\n{PROSE}\n"
    assert kinds(text) == ["heading", "paragraph", "heading", "paragraph"]


def test_wrapped_lines_are_one_block() -> None:
    wrapped = (
        "The partnership will reduce crime and disorder in every ward of the\n"
        "borough. Patrols by the police and the wardens of the Council will\n"
        "be seen at night.\n"
    )
    item = "- Work with the schools, the colleges and the youth centres of the\n  borough\n"
    assert kinds(wrapped + "\n" + item) == ["paragraph", "list_item"]


def test_a_heading_right_above_its_text_is_one() -> None:
    assert blocks(f"Burglary\n{PROSE}\n") == [("heading", "Burglary"), ("paragraph", PROSE)]
    assert kinds("Our priorities\n- Burglary\n- Robbery\n") == ["heading", "list_item", "list_item"]


def test_signature_lines_are_no_headings() -> None:
    assert kinds(
        f"{PROSE}\n\nJulie Leng\nActing Chief Executive\n\nStockton Plan 2011\n\n{PROSE}"
    ) == [
        "paragraph",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_particulars_with_nothing_under_them_are_no_headings() -> None:
    text = f"Author: Mrs Wilson\n\nStatus: For Information\n\nSafety Plans\n\n{PROSE}\n"
    assert kinds(text) == ["paragraph", "paragraph", "heading", "paragraph"]


def test_priorities_without_text_stay_headings() -> None:
    text = f"Our priorities\n\nPriority 1: Burglary\n\nPriority 2: Robbery\n\nDelivery\n\n{PROSE}\n"
    assert kinds(text) == ["heading"] * 4 + ["paragraph"]


def test_rows_of_a_table_are_apart() -> None:
    text = "| Aim | Lead |\n|-----|------|\n| Burglary | Police |\n"
    assert blocks(text) == [
        ("table_row", "Aim | Lead"),
        ("table_row", "Burglary | Police"),
    ]
    assert [row.header for row in read("plan.md", text.encode()).blocks] == [True, False]


def test_form_feeds_count_pages() -> None:
    file = read("plan.txt", b"One.\n\fTwo.\n\n\fThree.\n")
    assert file.pages == 3
    assert [block.page for block in file.blocks] == [1, 2, 3]
    unpaged = read("plan.txt", b"One.\n")
    assert (unpaged.pages, unpaged.blocks[0].page) == (None, None)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_newlines_of_every_style_give_the_same_blocks(newline: str) -> None:
    text = f"Burglary\n\n{PROSE}\n\n- one\n- two\n".replace("\n", newline)
    assert kinds(text) == ["heading", "paragraph", "list_item", "list_item"]

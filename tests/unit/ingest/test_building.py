"""The canonical text that readers of marked-up files give, and the blocks in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Block, BlockKind
from ingest.readers.building import Built, Found, Row, Table, Written, build


def paragraph(text: str, **more: object) -> Written:
    return Written(BlockKind.PARAGRAPH, text, **more)  # type: ignore[arg-type]


def item(text: str, level: int = 1) -> Written:
    return Written(BlockKind.LIST_ITEM, text, level)


def words(built: Built) -> list[str]:
    return [block.words.of(built.text) for block in built.blocks]


def test_blocks_stand_apart_and_items_of_a_list_on_their_lines() -> None:
    built = build(
        [
            Written(BlockKind.HEADING, "Priorities", 1),
            paragraph("We  will\u00a0focus on:"),
            item("burg\u00adlary"),
            item("of homes", 2),
            paragraph("and no more."),
        ]
    )
    assert built.text == "Priorities\n\nWe will focus on:\n\nburglary\nof homes\n\nand no more."
    assert [(block.kind.value, block.level) for block in built.blocks] == [
        ("heading", 1),
        ("paragraph", None),
        ("list_item", 1),
        ("list_item", 2),
        ("paragraph", None),
    ]


def test_a_row_says_which_column_each_cell_is_in() -> None:
    rows = (("Priority", "", "Lead"), ("Burglary\nof homes", "", "Police"), ("", "", "Council"))
    built = build([Table(tuple(map(Row, rows)), headers=1)])
    assert built.text == "Priority | Lead\nBurglary\nof homes | Police\nCouncil"
    assert [block.header for block in built.blocks] == [True, False, False]
    assert [
        (cell.column, cell.span.of(built.text), cell.header.of(built.text) if cell.header else None)
        for block in built.blocks
        for cell in block.cells
    ] == [
        (0, "Priority", None),
        (2, "Lead", None),
        (0, "Burglary\nof homes", "Priority"),
        (2, "Police", "Lead"),
        (2, "Council", "Lead"),
    ]


def test_what_has_no_words_is_left_out() -> None:
    built = build([paragraph(" \u200b\n"), Table((Row(("", "–")),)), paragraph("Words")])
    assert built.text == "Words"


def test_typed_bullets_and_bold_lines_are_what_they_stand_for() -> None:
    found = [
        paragraph("Burglary", strong=True),
        paragraph("•\tlock doors"),
        paragraph("\uf0b7 shut windows"),
        paragraph("- 3.4 Spending fell."),
        paragraph("It is bold, and a sentence.", strong=True),
    ]
    built = build(found)
    assert words(built)[1:] == [
        "lock doors",
        "shut windows",
        "3.4 Spending fell.",
        "It is bold, and a sentence.",
    ]
    assert [block.kind.value for block in built.blocks] == [
        "heading",
        "list_item",
        "list_item",
        "paragraph",
        "paragraph",
    ]
    assert built.blocks[3].number == "3.4"


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_found: st.SearchStrategy[Found] = st.one_of(
    st.builds(
        Written,
        st.sampled_from([BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM]),
        _texts,
        st.one_of(st.none(), st.integers(1, 4)),
        st.one_of(st.none(), st.integers(1, 9)),
        st.booleans(),
    ),
    st.builds(
        Table,
        st.lists(st.builds(Row, st.lists(_texts, max_size=4).map(tuple)), max_size=4).map(tuple),
        st.integers(0, 2),
    ),
)


@given(st.lists(_found, max_size=12))
def test_blocks_hold_every_character_that_is_no_white_space(found: list[Found]) -> None:
    built = build(found)
    at = 0
    for block in built.blocks:
        gap = built.text[at : block.span.start]
        assert gap.strip() == ""
        assert block.words.of(built.text).strip() == block.words.of(built.text) != ""
        at = block.span.end
        _check_cells(built, block)
    assert at == len(built.text)


def _check_cells(built: Built, block: Block) -> None:
    texts = [cell.span.of(built.text) for cell in block.cells]
    if block.kind is BlockKind.TABLE_ROW:
        assert " | ".join(texts) == block.words.of(built.text)
    else:
        assert not texts

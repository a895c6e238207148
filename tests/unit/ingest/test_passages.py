"""What stands in the heading, the opening and the body; and how sentences are packed."""

from __future__ import annotations

from corpus.models import Standing
from ingest.chunking import PARAGRAPH_CHARS, PASSAGE_CHARS
from tests.unit.ingest.documents import document

LONG = "Patrols by the police and the wardens will be seen in the town at night."
TITLE = "# Hartlepool Community Safety Plan 2018\n\n"


def standings(text: str, section: str) -> list[tuple[str, str]]:
    """Standing and quotation of each sentence of the section with this heading."""
    made = document(TITLE + text, "plan.md")
    return [
        (sentence.standing.value, passage.quote(sentence))
        for passage in made.passages
        if passage.path[-1] == section
        for sentence in passage.sentences
    ]


def texts(text: str, section: str) -> list[str]:
    made = document(TITLE + text, "plan.md")
    return [passage.text for passage in made.passages if passage.path[-1] == section]


def test_heading_opening_and_body() -> None:
    assert standings("## Burglary\n\nIt is feared. We act.\n\nAnd so on.\n", "Burglary") == [
        ("heading", "Burglary"),
        ("opening", "It is feared."),
        ("body", "We act."),
        ("body", "And so on."),
    ]


def test_the_sentence_of_a_run_in_heading_is_the_opening() -> None:
    text = "## Priorities\n\nBurglary – we act. And so on.\n\nRobbery – we act.\n"
    assert standings(text, "Burglary") == [
        ("opening", "Burglary – we act."),
        ("body", "And so on."),
    ]


def test_a_bare_item_is_a_heading_and_its_text_the_opening() -> None:
    text = "## Priorities\n\n- Burglary\n  - of dwellings\n- Robbery. We act. And so on.\n"
    assert standings(text, "Burglary") == [("heading", "Burglary"), ("opening", "of dwellings")]
    assert standings(text, "Robbery") == [
        ("heading", "Robbery."),
        ("opening", "We act."),
        ("body", "And so on."),
    ]


def test_the_list_that_the_opening_introduces_belongs_to_it() -> None:
    text = "## Burglary\n\nWe will reduce:\n\n- dwelling burglary. By patrols.\n- thefts\n\nMore.\n"
    assert standings(text, "Burglary") == [
        ("heading", "Burglary"),
        ("opening", "We will reduce:"),
        ("opening", "dwelling burglary."),
        ("body", "By patrols."),
        ("opening", "thefts"),
        ("body", "More."),
    ]


def test_a_list_right_under_the_heading_is_the_opening() -> None:
    found = standings("## Burglary\n\n- dwellings\n- shops\n\nMore.\n\n- later\n", "Burglary")
    assert [standing for standing, _ in found] == ["heading", "opening", "opening", "body", "body"]


def test_a_list_after_the_body_is_body() -> None:
    found = standings("## Burglary\n\nIt is feared. We will:\n\n- patrol\n", "Burglary")
    assert found[-1] == (Standing.BODY.value, "patrol")


def test_pieces_of_a_long_opening_are_all_opening() -> None:
    clause = "patrols by the police and the wardens will be seen in the town at night, "
    found = standings(f"## Burglary\n\nWe say that {clause * 12}and so on.\n", "Burglary")
    assert len(found) > 2
    assert {standing for standing, _ in found[1:]} == {"opening"}


def test_passages_are_packed_up_to_the_limit() -> None:
    found = texts(f"## Burglary\n\n{' '.join([LONG] * 20)}\n", "Burglary")
    assert found[0].startswith("Burglary") or found[0].startswith("## Burglary")
    assert all(PASSAGE_CHARS / 2 < len(text) <= PASSAGE_CHARS + 20 for text in found[:-1])
    assert all(text.endswith("night.") for text in found)


def test_a_heading_stays_with_its_first_sentence_however_long() -> None:
    sentence = f"We say that {'patrols and visits ' * 25}will be made."
    assert len(texts(f"## Burglary\n\n{sentence}\n", "Burglary")) == 1


def test_paragraphs_are_kept_whole_where_they_fit() -> None:
    paragraph = " ".join([LONG] * 4)
    found = texts(f"## Burglary\n\n{paragraph}\n\n{paragraph}\n", "Burglary")
    assert [text.endswith(paragraph) for text in found] == [True, True]


def test_a_list_ends_its_passage() -> None:
    found = texts("## Burglary\n\nWe will:\n\n- patrol\n- visit\n\nMore.\n", "Burglary")
    assert [text.splitlines()[-1] for text in found] == ["- visit", "More."]


def test_numbered_paragraphs_are_passages_of_their_own_and_whole() -> None:
    long = " ".join([LONG] * 8)
    assert PASSAGE_CHARS < len(long) < PARAGRAPH_CHARS
    found = texts(f"## Reasons\n\n- 3.1 Short one.\n- 3.2 {long}\n- 3.3 {long} {long}\n", "Reasons")
    assert found[0].endswith("- 3.1 Short one.")
    assert found[1] == f"- 3.2 {long}"
    assert len(found) == 4


def test_a_row_is_quoted_whole_and_its_passage_knows_the_columns() -> None:
    rows = "".join(f"| Burglary in ward {at} | {LONG} |\n" for at in range(9))
    made = document(f"# Plan\n\n## Actions\n\n| Issue | What we do |\n|---|---|\n{rows}")
    first, *others = [each for each in made.passages if each.path[-1] == "Actions"]
    assert first.columns == ()
    assert "| Issue | What we do |" in first.text
    assert {each.columns for each in others} == {("Issue", "What we do")}
    assert others[-1].quote(others[-1].sentences[-1]) == f"Burglary in ward 8 | {LONG}"
    assert others[-1].embeddable.splitlines()[:2] == ["Plan > Actions", "Issue | What we do"]


def test_a_row_too_long_for_a_quotation_is_quoted_by_cell() -> None:
    made = document(f"# Plan\n\n| Burglary | {' '.join([LONG] * 12)} |\n|---|---|\n| a | b |\n")
    quotes = [each.quote(sentence) for each in made.passages for sentence in each.sentences]
    assert quotes[1] == "Burglary"
    assert max(map(len, quotes)) <= 600


def test_a_passage_carries_its_path_area_and_page() -> None:
    made = document("Hartlepool Safety Plan\n\n\fVision\n\nA safe place.\n\fAims\n\nTo act.\n")
    last = made.passages[-1]
    assert last.path == ("Hartlepool Safety Plan", "Aims")
    assert (last.area, last.page) == ("Hartlepool", 3)
    assert last.embeddable == "Hartlepool Safety Plan > Aims\nAims\n\nTo act."

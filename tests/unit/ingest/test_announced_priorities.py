"""Priorities that a plan counts, asks for or numbers before it tells of them."""

from __future__ import annotations

import pytest

from corpus.models import Role
from tests.unit.ingest.documents import priorities, with_role

TITLE = "Hartlepool Community Safety Plan 2018-2021\n\nFor everyone in Hartlepool.\n\n"
PROSE = "Patrols and visits will be made by all of the partners together."
END = f"\n\nGovernance\n\n{PROSE}\n"


def counted(says: str, *names: str) -> str:
    below = "\n\n".join(f"{name}\n\n{PROSE}" for name in names)
    return f"{TITLE}Why we plan\n\nThe law asks for it. {says}\n\n{below}{END}"


@pytest.mark.parametrize(
    "says",
    [
        "The plan has two priorities.",
        "In May the board agreed on 2 new priorities.",
        "For the years ahead we have set ourselves two key priorities.",
    ],
)
def test_as_many_headings_as_a_sentence_counts_are_priorities(says: str) -> None:
    assert priorities(counted(says, "Homes", "Streets")) == ["Homes", "Streets"]


@pytest.mark.parametrize(
    ("says", "names"),
    [
        ("The last plan had two priorities.", ("Homes", "Streets")),
        ("Nine years ago the board adopted two priorities.", ("Homes", "Streets")),
        ("In its strategy the fire authority agreed on two priorities.", ("Homes", "Streets")),
        ("Unlike others, whose partnership has two priorities, we plan.", ("Homes", "Streets")),
        ("The plan has two priorities.", ("Homes", "Streets", "Parks")),
        ("The plan has three priorities.", ("Homes", "Streets")),
    ],
)
def test_headings_of_another_number_or_an_earlier_plan_are_none(
    says: str, names: tuple[str, ...]
) -> None:
    assert priorities(counted(says, *names)) == []


def test_titles_without_text_of_their_own_may_be_counted() -> None:
    names = "Warmer homes\n\nCalmer streets\n\nKinder schools"
    text = (
        f"{TITLE}What was agreed\n\nThe board adopted three priorities.\n\n{names}\n\n{PROSE}{END}"
    )
    assert priorities(text) == ["Warmer homes", "Calmer streets", "Kinder schools"]


def test_names_behind_a_colon_answer_a_heading_that_asks_what_comes_first() -> None:
    says = "There are three, in no order: burglary, robbery, and noise at night."
    (found,) = priorities(f"{TITLE}Which things come first?\n\n{says}{END}")
    assert found == says.rstrip(".")


@pytest.mark.parametrize(
    "says",
    [
        "They were set at a meeting of four bodies: the council, the police, and probation.",
        "Much is to be done. There are three who lead: the council, the police, and probation.",
        "Contact: telephone the council, write to us, or visit the office.",
    ],
)
def test_other_lists_behind_a_colon_are_none(says: str) -> None:
    assert priorities(f"{TITLE}Our priorities\n\n{says}{END}") == []


def test_what_follows_another_heading_is_no_list_of_priorities() -> None:
    says = "Three bodies lead: the council, the police, and probation."
    assert priorities(f"{TITLE}Leading the way\n\n{says}{END}") == []


def test_beside_numbered_pledges_other_headings_are_none() -> None:
    pledges = "\n\n".join(
        f"Pledge {n}. {name}\n\n{PROSE}" for n, name in enumerate(("Noise", "Dogs"), 1)
    )
    text = f"{TITLE}OUR TWO PLEDGES\n\n{pledges}\n\nIf we get it wrong\n\n{PROSE}{END}"
    assert priorities(text) == ["Pledge 1. Noise", "Pledge 2. Dogs"]


def test_a_numbered_row_goes_on_where_the_next_has_no_number() -> None:
    rule = "-" * 60
    rows = [
        ("1 ", "Fires in empty", "Mills will be"),
        ("  ", "mills", "boarded up."),
        ("2 ", "Noise", "Letters first."),
    ]
    table = [f"{'No':<5}{'Priority':<20}Action", rule]
    table += [line for no, name, act in rows for line in (f"{no:<5}{name:<20}{act}",)]
    assert priorities(f"{TITLE}THE TABLE\n\n" + "\n".join(table) + END) == [
        "Fires in empty",
        "Noise",
    ]


def test_labelled_lines_need_no_blank_line_between_them() -> None:
    lines = (
        "Priority 1. Safer farms. Tractors will be marked.\n"
        "Priority 2. Safer water. Throw lines will be hung.\n"
    )
    assert priorities(f"{TITLE}Kept from last year\n\n{lines}{END}") == [
        "Priority 1. Safer farms",
        "Priority 2. Safer water",
    ]


def test_a_bar_may_stand_behind_the_number_of_a_heading() -> None:
    under = "Crime . Noise . Dogs . Fires . Litter . Begging"
    pages = f"1 | SAFE HOMES\n{under}\n\n2 | SAFE STREETS\n{under}"
    text = f"{TITLE}OUR PRIORITIES\n\n{pages}{END}"
    assert priorities(text) == ["1 | SAFE HOMES", "2 | SAFE STREETS"]


@pytest.mark.parametrize("label", ["Focus", "Recommendation"])
def test_what_a_label_numbers_names_the_priority(label: str) -> None:
    heading = "RECOMMENDED PRIORITIES\n\n" if label == "Recommendation" else ""
    items = "\n\n".join(f"{label} {n}: {name}" for n, name in enumerate(("Noise", "Dogs"), 1))
    text = f"{TITLE}{heading}{items}\n\n{PROSE}{END}"
    assert priorities(text) == [f"{label} 1: Noise", f"{label} 2: Dogs"]


def test_what_a_plan_wants_is_its_list_where_it_has_no_other() -> None:
    wants = "- We want nobody to drown\n- We want drivers to slow down\n"
    text = f"{TITLE}What we want\n\n{wants}{END}"
    assert priorities(text) == ["We want nobody to drown", "We want drivers to slow down"]


@pytest.mark.parametrize("heading", ["On watch", "A new worry", "Emerging matters"])
def test_headings_for_what_is_new(heading: str) -> None:
    text = f"{TITLE}{heading}\n\nVapes are sold by children.{END}"
    assert with_role(text, Role.EMERGING) == [heading]


def test_priorities_that_were_chosen_are_the_plans_own() -> None:
    chosen = f"BURGLARY\n\n{PROSE}\n\nBEGGING\n\n{PROSE}"
    text = f"{TITLE}PRIORITIES THAT WE CHOSE OURSELVES\n\n{chosen}{END}"
    assert priorities(text) == ["BURGLARY", "BEGGING"]

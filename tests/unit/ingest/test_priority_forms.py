"""The forms in which plans put their priorities: labels, sentences that count, lead-ins."""

from __future__ import annotations

import pytest

from corpus.models import Role, Standing
from tests.unit.ingest.documents import document, priorities, tree, with_role

TITLE = "Hartlepool Community Safety Plan 2018-2021\n\nFor everyone in Hartlepool.\n\n"
PROSE = "Patrols and visits will be made by all of the partners together."
END = f"\n\nGovernance\n\n{PROSE}\n"


def both(first: str, second: str) -> str:
    return f"{TITLE}{first}\n\n{PROSE}\n\n{second}\n\n{PROSE}{END}"


@pytest.mark.parametrize(
    "label",
    [
        "Mission {}: ",
        "Strand {} - ",
        "Workstream {}: ",
        "Goal #{} ",
        "Well-being Objective {}: ",
        "Priority number {}: ",
        "P{}: ",
        "Theme: ",
        "Key Priority: ",
    ],
)
def test_labels_of_priorities(label: str) -> None:
    titles = [label.format(1) + "Burglary", label.format(2) + "Robbery"]
    assert priorities(both(*titles)) == titles


def test_the_label_may_follow_the_name() -> None:
    titles = ["Burglary (Priority 1)", "Robbery (Priority 2)"]
    assert priorities(both(*titles)) == titles


@pytest.mark.parametrize("number", ["1 2", "One Two", "ONE TWO"])
def test_a_label_in_a_line_of_its_own_needs_no_blank_line(number: str) -> None:
    first, second = number.split()
    text = f"{TITLE}Priority {first}\nBurglary\n{PROSE}\nPriority {second}\nRobbery\n{PROSE}{END}"
    assert priorities(text) == [f"Priority {first} Burglary", f"Priority {second} Robbery"]


@pytest.mark.parametrize(
    "says",
    [
        "Our {} priority is this, since it is feared.",
        "The {} priority for Hartlepool covers what is feared.",
        "> *Our {} strategic priority takes in what is feared.*",
        "This remains one of our key priorities, being the {}.",
    ],
)
def test_a_first_sentence_that_counts_makes_its_section_a_priority(says: str) -> None:
    first, second = (f"{says.format(nth)} {PROSE}" for nth in ("first", "second"))
    text = f"{TITLE}Homes\n\n{first}\n\nStreets\n\n{second}{END}"
    assert priorities(text) == ["Homes", "Streets"]


@pytest.mark.parametrize(
    "says",
    [
        "Our {} priority in the last plan was met.",
        "This is no longer a priority, though it was our {}.",
        "This is a priority for the police, and our {} worry.",
        "The board met, and our {} priority is known.",
    ],
)
def test_other_sentences_make_none(says: str) -> None:
    first, second = (f"{says.format(nth)} {PROSE}" for nth in ("first", "second"))
    assert priorities(f"{TITLE}Homes\n\n{first}\n\nStreets\n\n{second}{END}") == []


def test_one_sentence_that_counts_only_says_what_comes_first() -> None:
    text = f"{TITLE}The year ahead\n\nOur first priority is to hire an analyst. {PROSE}{END}"
    assert priorities(text) == []


def test_sentences_that_count_in_one_section_are_cut_apart() -> None:
    counted = "Our first priority is arson. It rose. Our second priority is fraud."
    made = document(f"{TITLE}Where we stand\n\nWe looked at data. {counted}{END}")
    assert tree(made).splitlines()[1:] == [
        "  Where we stand (other)",
        "    Our first priority is arson (priority)",
        "    Our second priority is fraud (priority)",
        "  Governance (other)",
    ]
    assert "".join(p.text for p in made.passages if "arson" in p.text).endswith("It rose.")


def test_priorities_that_have_headings_are_not_counted_once_more() -> None:
    counted = "Our first priority is arson. Our second priority is fraud."
    listed = f"Our priorities\n\nArson\n\n{PROSE}\n\nFraud\n\n{PROSE}"
    assert priorities(f"{TITLE}Foreword\n\n{counted}\n\n{listed}{END}") == ["Arson", "Fraud"]


def test_words_that_lead_into_headings_make_them_a_list() -> None:
    text = f"{TITLE}Our priorities are:\n\n1. Burglary\n{PROSE}\n\n2. Robbery\n{PROSE}{END}"
    assert priorities(text) == ["1. Burglary", "2. Robbery"]
    below = f"### Burglary\n\n{PROSE}\n\n### Robbery\n\n{PROSE}"
    text = f"# {TITLE}## Our work\n\nOur priorities are:\n\n{below}\n\n## Money\n\n{PROSE}\n"
    assert priorities(text, "plan.md") == ["Burglary", "Robbery"]


def test_what_is_promised_under_priorities_is_listed_where_nothing_else_is() -> None:
    promised = "By 2021 we will:\n\n- Cut burglary\n- Cut robbery"
    assert priorities(f"{TITLE}Our priorities\n\n{promised}{END}") == [
        "Cut burglary",
        "Cut robbery",
    ]
    agreed = "Our priorities are:\n\n- Arson\n- Fraud"
    text = f"{TITLE}Our priorities\n\n{agreed}\n\n{promised}{END}"
    assert priorities(text) == ["Arson", "Fraud"]


def test_a_list_in_short_and_capitals_are_one_priority_and_chapters_stand_beside_it() -> None:
    glance = "Priority themes at a glance\n\nTheme 1 - Docks\nTheme 2 - Homes"
    parts = f"THEME 1 - DOCKS\n\n{PROSE}\n\nTHEME 2 - HOMES\n\n{PROSE}"
    text = f"{TITLE}Purpose\n\n{PROSE}\n\n{glance}\n\n{parts}\n\nOversight\n\n{PROSE}\n"
    assert priorities(text) == ["Theme 1 - Docks", "Theme 2 - Homes"]
    assert "  Oversight (other)\n" in tree(document(text))


@pytest.mark.parametrize(
    "names",
    [
        ("Preventing crime", "Supporting victims"),
        ("Managing offenders", "Delivering safer streets"),
        ("Developing safe places", "Arson"),
    ],
)
def test_what_is_done_may_be_the_name_of_a_priority(names: tuple[str, str]) -> None:
    listed = "\n\n".join(f"{name}\n\n{PROSE}" for name in names)
    other = f"Delivering our priorities\n\n{PROSE}"
    assert priorities(f"{TITLE}Our priorities\n\n{listed}\n\n{other}{END}") == [*names]


def test_what_is_not_the_plans_own_ends_the_list_above_it() -> None:
    own = f"Our priorities\n\nArson\n\n{PROSE}\n\nFraud\n\n{PROSE}"
    cross = f"Cross-cutting themes\n\nSafeguarding\n\n{PROSE}"
    assert priorities(f"{TITLE}{own}\n\n{cross}{END}") == ["Arson", "Fraud"]


def openings(text: str) -> list[str]:
    made = document(text)
    return [
        passage.quote(each)
        for passage in made.passages
        for each in passage.sentences
        if each.standing is Standing.OPENING and passage.role is not Role.OTHER
    ]


@pytest.mark.parametrize("label", ["Outcome", "Our aim", "Vision", "What success looks like"])
def test_a_line_that_announces_an_aim_leaves_the_opening_to_the_next_sentence(label: str) -> None:
    first = f"Priority 1: Homes\n\n{label}: safe homes.\n\nThis means burglary. {PROSE}"
    assert openings(f"{TITLE}{first}{END}") == [f"{label}: safe homes.", "This means burglary."]
    below = f"Priority 1: Homes\n\n{label}: safe homes.\n\nWhat it covers\n\nThis means burglary."
    assert "This means burglary." in openings(f"{TITLE}{below}\n\nPriority 2: Fraud{END}")


def test_a_list_after_a_sentence_that_is_over_is_no_part_of_the_opening() -> None:
    actions = "- Fit locks\n- Light alleys"
    over = f"Priority 1: Homes\n\nBurglary rose by a third.\n\n{actions}"
    assert openings(f"{TITLE}{over}{END}") == ["Burglary rose by a third."]
    leads = f"Priority 1: Homes\n\nIt takes in the following.\n\n{actions}"
    assert openings(f"{TITLE}{leads}{END}")[1:] == ["Fit locks", "Light alleys"]


@pytest.mark.parametrize(
    "heading",
    [
        "On our radar",
        "Things that we are keeping an eye on",
        "New for 2018",
        "New and growing concerns",
        "A watching brief",
        "Matters to watch",
    ],
)
def test_headings_of_what_is_new(heading: str) -> None:
    text = f"{TITLE}{heading}\n\nDrones have been seen near the prison.{END}"
    assert with_role(text, Role.EMERGING) == [heading]


def test_a_chapter_on_what_comes_leaves_what_is_new_to_its_section() -> None:
    text = (
        f"# {TITLE}## What is coming next\n\n### New and emerging\n\nDrones are new.\n\n"
        f"### What you asked about\n\nBegging is dealt with daily.\n\n## Money\n\n{PROSE}\n"
    )
    assert with_role(text, Role.EMERGING, "plan.md") == ["New and emerging"]


def test_each_paragraph_and_each_next_of_what_is_new_opens_one() -> None:
    new = "Two issues came up. The first is ketamine. It is cheap. So is the sale of fake vapes."
    text = f"{TITLE}Emerging issues\n\n{new}\n\nDrones are seen. They hum.{END}"
    assert openings(text) == [
        "Two issues came up.",
        "The first is ketamine.",
        "So is the sale of fake vapes.",
        "Drones are seen.",
    ]


def test_all_of_a_plan_may_stand_under_run_in_headings() -> None:
    text = (
        f"Hartlepool Community Safety Plan 2018-2021\n\nWelcome: {PROSE}\n\nVision: Safe homes.\n\n"
        f"Priority one, harm behind closed doors in town: {PROSE}\n\n"
        f"Priority two, arson: {PROSE}\n\n"
        f"Not included: Begging fell below the line.\n"
    )
    assert tree(document(text)).splitlines()[1:] == [
        "  Welcome (other)",
        "  Vision (vision)",
        "  Priority one, harm behind closed doors in town (priority)",
        "  Priority two, arson (priority)",
        "  Not included (other)",
    ]


def test_numbered_paragraphs_may_have_headings_that_end_in_a_stop() -> None:
    asked = "\n\n".join(
        f"3.{at} {each}. {PROSE}" for at, each in enumerate(("Arson", "Drones", "Begging"), 1)
    )
    made = document(f"{TITLE}3 What you asked\n\n{asked}\n")
    assert [section.path[-1] for section in made.sections[-3:]] == ["Arson", "Drones", "Begging"]


@pytest.mark.parametrize("label", ["**Why it matters.**", "*Continued.*"])
def test_a_label_that_is_set_apart_does_not_take_the_openings_place(label: str) -> None:
    text = (
        f"# {TITLE}## Our priorities\n\n### Priority 1: Safer homes\n\n"
        f"{label} Burglary of sheds has doubled. {PROSE}\n"
    )
    openings = [
        passage.quote(sentence)
        for passage in document(text).passages
        for sentence in passage.sentences
        if sentence.standing is Standing.OPENING
    ]
    assert openings[-1:] == ["Burglary of sheds has doubled."]


COLUMNS = """The plan on one page

PRIORITY                    WHAT WE WANT           LEAD
-------------------------------------------------------
Burglary and robbery        Fewer victims          Police
                            Faster repairs         Council
Noise at night              Quiet streets          Council
-------------------------------------------------------
"""


def test_a_table_that_spaces_set_in_columns_is_a_list_of_priorities() -> None:
    assert priorities(f"{TITLE}{COLUMNS}{END}") == ["Burglary and robbery", "Noise at night"]


def test_prose_with_wide_gaps_is_no_table() -> None:
    text = f"{TITLE}Our priority          is you\n-----------------------------\n\n{PROSE}{END}"
    assert priorities(text) == []


def themes(*parts: tuple[str, ...]) -> str:
    blocks = (
        f"## Theme {number}: {name}\n\n" + "\n\n".join(f"### {part}\n\n{PROSE}" for part in each)
        for number, (name, *each) in enumerate(parts, 1)
    )
    return TITLE + "\n\n".join(blocks) + END


def test_what_stands_under_a_theme_by_a_name_of_its_own_is_a_priority() -> None:
    text = themes(("Homes", "Burglary", "Fires"), ("Streets", "Robbery"))
    expected = ["Theme 1: Homes", "Burglary", "Fires", "Theme 2: Streets", "Robbery"]
    assert priorities(text, "plan.md") == expected


def test_what_stands_under_every_theme_is_none() -> None:
    text = themes(("Homes", "Actions", "Results"), ("Streets", "Actions", "Results"))
    assert priorities(text, "plan.md") == ["Theme 1: Homes", "Theme 2: Streets"]


@pytest.mark.parametrize(
    "heading",
    [
        "Where we will focus",
        "What we will concentrate on",
        "Where our efforts will go",
        "Ein blaenoriaethau · Our priorities",
    ],
)
def test_headings_that_announce_priorities_in_other_words(heading: str) -> None:
    below = f"### Burglary\n\n{PROSE}\n\n### Robbery\n\n{PROSE}\n\n## Governance\n\n{PROSE}"
    text = f"{TITLE}## {heading}\n\n{below}"
    assert priorities(text, "plan.md") == ["Burglary", "Robbery"]


@pytest.mark.parametrize(
    "says",
    [
        "My priorities, in the order in which I took them up, are burglary, robbery and noise.",
        "Each of these is a priority of ours: burglary, robbery and noise.",
    ],
)
def test_a_sentence_names_priorities_behind_an_aside(says: str) -> None:
    (found,) = priorities(f"{TITLE}Foreword\n\n{says} {PROSE}{END}")
    assert found == says.rstrip(".")


@pytest.mark.parametrize("says", ["That makes three priorities.", "See the priorities under each."])
def test_themes_that_only_hold_the_priorities_are_none(says: str) -> None:
    text = themes(("Homes", "Burglary", "Fires"), ("Streets", "Robbery")) + f"\n{says}\n"
    assert priorities(text, "plan.md") == ["Burglary", "Fires", "Robbery"]


def test_a_list_introduced_as_objectives_is_one() -> None:
    items = "- answer calls in ten seconds\n- name an officer for every ward\n"
    text = f"{TITLE}What I expect\n\nThese are my two objectives:\n\n{items}{END}"
    assert with_role(text, Role.OBJECTIVES) == ["These are my two objectives:"]


def test_the_objectives_of_a_survey_are_not_the_plans() -> None:
    items = "- to ask about burglary\n- to ask about noise\n"
    lead = "A survey by a firm from outside was made in May and had these two objectives:"
    text = f"{TITLE}Asking\n\n{lead}\n\n{items}{END}"
    assert with_role(text, Role.OBJECTIVES) == []

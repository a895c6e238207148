"""Priorities by sub-headings, by items, by numbers and by run-in headings; and what is none."""

from __future__ import annotations

import pytest

from corpus.models import Role
from tests.unit.ingest.documents import document, priorities, tree, with_role

TITLE = "Hartlepool Community Safety Plan 2018-2021\n\nFor everyone in Hartlepool.\n\n"
PROSE = "Patrols and visits will be made by all of the partners together."


@pytest.mark.parametrize(
    "listed",
    [
        f"## Our priorities\n\n### Burglary\n\n{PROSE}\n\n### Robbery\n\n{PROSE}",
        "## Focus areas\n\n- Burglary\n- Robbery",
        "## Key themes 2018-2021\n\nThey are:\n\n1. Burglary\n2. Robbery",
        f"## Our priorities\n\n- Burglary – {PROSE}\n- Robbery: {PROSE}",
        f"## Our priorities\n\n* **Burglary** {PROSE}\n* **Robbery** {PROSE}",
        f"## Our priorities\n\n**Burglary.** {PROSE}\n\n**Robbery.** {PROSE}",
        f"## Priorities\n\n- Burglary. {PROSE}\n- Robbery. {PROSE}",
        "## Priorities\n\n- Burglary;\n- Robbery.\n\nThey are reviewed yearly.",
        f"## Priorities\n\n- Burglary\n\n{PROSE}\n\n- Robbery\n\n{PROSE}",
        "## Priorities\n\n- Burglary\n  - of dwellings\n- Robbery\n  - of shops",
    ],
)
def test_markdown_lists_of_priorities(listed: str) -> None:
    text = f"# {TITLE}{listed}\n\n## Delivery\n\n{PROSE}\n"
    assert priorities(text, "plan.md") == ["Burglary", "Robbery"]


@pytest.mark.parametrize(
    ("listed", "following"),
    [
        (f"Strategic priorities\n\nBurglary\n\n{PROSE}\n\nRobbery\n\n{PROSE}", "Governance"),
        (f"OUR PRIORITIES\n\nBurglary\n\n{PROSE}\n\nRobbery\n\n{PROSE}", "GOVERNANCE"),
        ("Our priorities\n\nBurglary\n\nRobbery", "Governance"),
        (f"3 Our priorities\n\n3.1 Burglary\n\n{PROSE}\n\n3.2 Robbery\n\n{PROSE}", "4 Governance"),
        (f"Our priorities\n\n1. Burglary\n\n{PROSE}\n\n2. Robbery\n\n{PROSE}", "Governance"),
        (f"Annual priorities\n\nBurglary – {PROSE}\n\nRobbery – {PROSE}", "Governance"),
        ("Our priorities:\n- Burglary\n- Robbery", "Governance"),
        (
            f"Our partnership\n\nOur priorities are:\n\n- Burglary\n- Robbery\n\n{PROSE}",
            "Governance",
        ),
    ],
)
def test_plain_lists_of_priorities(listed: str, following: str) -> None:
    found = [
        title.removeprefix("3.1 ").removeprefix("3.2 ") for title in priorities(TITLE + listed)
    ]
    assert [title.removeprefix("1. ").removeprefix("2. ") for title in found] == [
        "Burglary",
        "Robbery",
    ]


@pytest.mark.parametrize(
    "label", ["Priority {}: ", "Strategic Priority {} – ", "PRIORITY {}. ", "Theme {}: "]
)
def test_numbered_headings_are_priorities_wherever_they_stand(label: str) -> None:
    first, second = label.format(1) + "Burglary", label.format(2) + "Robbery"
    text = f"{TITLE}Foreword\n\n{PROSE}\n\n{first}\n\n{PROSE}\n\n{second}\n\n{PROSE}\n"
    assert priorities(text) == [first, second]


def test_a_label_and_the_title_below_it_are_one_heading() -> None:
    part = f"{PROSE}\n\nActions\n\n{PROSE}\n\n"
    text = (
        f"{TITLE}Priority 1\n\nBurglary\n\n{part}Priority 2\nViolence against women\nand girls\n\n"
        f"{part}Priority 3\n\nPriority 4: Drugs\n\n{PROSE}\n"
    )
    assert priorities(text) == [
        "Priority 1 Burglary",
        "Priority 2 Violence against women and girls",
        "Priority 3",
        "Priority 4: Drugs",
    ]


def test_run_in_label_and_title_are_one_heading() -> None:
    text = f"{TITLE}Our work\n\nPriority 1 – Burglary: {PROSE}\n\nPriority 2 – Robbery: {PROSE}\n"
    assert priorities(text) == ["Priority 1 – Burglary", "Priority 2 – Robbery"]


def test_below_a_priority_all_are_its_parts() -> None:
    part = "Why this matters\n\nIt is feared.\n\nWhat we will do\n\n" + PROSE
    numbered = f"Priority 1: Burglary\n\n{part}\n\nPriority 2: Robbery\n\n{part}"
    text = f"{TITLE}{numbered}\n\nMoney\n\n{PROSE}\n"
    assert tree(document(text)) == (
        "Hartlepool Community Safety Plan 2018-2021 (other) [Hartlepool, 2018-2021, full]\n"
        "  Priority 1: Burglary (priority)\n"
        "    Why this matters (priority_part)\n"
        "    What we will do (priority_part)\n"
        "  Priority 2: Robbery (priority)\n"
        "    Why this matters (priority_part)\n"
        "    What we will do (priority_part)\n"
        "  Money (other)\n"
    )


def test_only_direct_children_of_a_list_are_priorities() -> None:
    text = (
        f"# {TITLE}## Our priorities\n\nWe looked at:\n\n- data\n- surveys\n\n"
        f"### How we chose them\n\n{PROSE}\n\n### Burglary\n\n"
        f"#### Actions\n\n- patrols\n\n### Robbery\n\n{PROSE}\n"
    )
    assert priorities(text, "plan.md") == ["Burglary", "Robbery"]
    assert with_role(text, Role.PRIORITY_PART, "plan.md") == ["Actions"]


@pytest.mark.parametrize(
    "section",
    [
        f"## Our priorities 2018-21: how we chose them\n\n{PROSE}\n\n{PROSE}",
        "## Priorities from the last plan\n\n- Burglary\n- Robbery",
        "## Our priorities 2014-2017\n\n- Burglary\n- Robbery",
        "## What we achieved\n\n- Burglary fell\n- Robbery fell",
        f"## Our priorities\n\n{PROSE} Burglary – at night – is feared.\n\n{PROSE}",
        "## How the priorities were set\n\n- data\n- surveys",
        "## Our priorities\n\nTo choose our priorities we looked at data. We have:\n\n- asked you",
        "## The commissioner's priorities\n\n- Burglary\n- Robbery",
        "## No longer priorities\n\n- Burglary\n- Robbery",
        "## Our partners\n\n- The police\n- The council",
        "## Aims of this document\n\n- To inform\n- To explain",
        "## What didn't make the list?\n\n- Burglary\n- Robbery",
        "## What are we not doing?\n\n### Priority areas\n\n- Burglary\n- Robbery",
        "## Issues considered and not chosen\n\n### Priority 4: Burglary\n\nIt fell.",
        "## How will we deliver our priorities?\n\n- Patrols\n- Visits",
        "## What matters most to residents?\n\n- Litter\n- Noise",
        "## Our priorities\n\n### How will we work?\n\nTogether.\n\n### Any money?\n\nNone.",
        "## Our priorities\n\n### Glossary of terms\n\nNone.\n\n### Signatories\n\nAll.",
    ],
)
def test_what_is_no_priority(section: str) -> None:
    assert priorities(f"# {TITLE}{section}\n\n## Delivery\n\n{PROSE}\n", "plan.md") == []


def test_emerging_issues_set_apart_are_emerging_by_heading_by_item_and_by_run_in() -> None:
    delivery = f"## Delivery\n\n{PROSE}\n"
    prose = f"# {TITLE}## Emerging issues\n\nMetal theft is new.\n\n{delivery}"
    assert with_role(prose, Role.EMERGING, "plan.md") == ["Emerging issues"]
    items = f"# {TITLE}## Emerging threats\n\nWe watch:\n\n- Metal theft\n- Drones\n\n{delivery}"
    expected = ["Emerging threats", "Metal theft", "Drones"]
    assert with_role(items, Role.EMERGING, "plan.md") == expected
    run_in = f"{TITLE}Our work\n\nPatrols – {PROSE}\n\nEmerging issues – Metal theft.\n"
    assert with_role(run_in, Role.EMERGING) == ["Emerging issues"]
    assert priorities(prose, "plan.md") == priorities(items, "plan.md") == priorities(run_in) == []


def test_emerging_issues_among_the_priorities_are_one_of_them() -> None:
    run_in = f"{TITLE}Priorities\n\nBurglary – {PROSE}\n\nEmerging issues – Metal theft.\n"
    assert priorities(run_in) == ["Burglary", "Emerging issues"]
    below = f"### Burglary\n\n{PROSE}\n\n### Emerging issues\n\n{PROSE}\n"
    assert priorities(f"# {TITLE}## Priorities\n\n{below}", "a.md") == [
        "Burglary",
        "Emerging issues",
    ]


def test_a_list_that_sums_up_headed_priorities_adds_none() -> None:
    text = (
        f"# {TITLE}## Our priorities at a glance\n\n- Tackling burglary\n- Robbery\n\n"
        f"## Priority 1: Tackling burglary\n\n{PROSE}\n\n## Priority 2: Robbery\n\n{PROSE}\n"
    )
    assert priorities(text, "plan.md") == ["Priority 1: Tackling burglary", "Priority 2: Robbery"]


def test_text_after_a_list_goes_on_outside_the_last_priority() -> None:
    made = document(
        f"# {TITLE}## Priorities\n\n- Burglary\n- Robbery\n\nThey are reviewed yearly.\n", "a.md"
    )
    last = made.sections[-1]
    assert (last.heading, last.role, last.path[1:]) == (None, Role.OTHER, ("Priorities",))
    assert last.span.of(made.text) == "They are reviewed yearly."


def test_text_that_is_indented_no_deeper_than_its_heading_ends_the_section() -> None:
    made = document(
        f"{TITLE}Priority 1: Burglary\n\n    {PROSE}\n\nPriority 2: Robbery\n\n    {PROSE}\n\n"
        "The board meets every month in the town hall.\n"
    )
    assert made.sections[-1].span.of(made.text).startswith("The board")
    assert made.sections[-1].role is Role.OTHER


def test_lines_of_a_table_of_contents_are_no_sections() -> None:
    text = (
        f"{TITLE}Contents\n\nForeword 3\n\nOur priorities 4\n\nGovernance 9\n\n"
        f"Foreword\n\n{PROSE}\n\nOur priorities\n\n- Burglary\n- Robbery\n\nGovernance\n\n{PROSE}\n"
    )
    assert [section.path[-1] for section in document(text).sections][1:] == [
        "Contents",
        "Foreword",
        "Our priorities",
        "Burglary",
        "Robbery",
        "Governance",
    ]


def test_vision_and_objectives_are_known_by_their_words() -> None:
    vision = "## Our vision for Hartlepool\n\nA safe town."
    text = f"# {TITLE}{vision}\n\n## Aims and objectives\n\n- Cut crime\n"
    assert with_role(text, Role.VISION, "a.md") == ["Our vision for Hartlepool"]
    assert with_role(text, Role.OBJECTIVES, "a.md") == ["Aims and objectives"]


@pytest.mark.parametrize(
    "question",
    [
        "What matters most?",
        "Q. And what matters most this year?",
        "3. Which issues come first?",
        "What will we concentrate on?",
        "What are our priorities?",
    ],
)
def test_a_question_that_ranks_introduces_priorities_and_no_other_does(question: str) -> None:
    text = (
        f"# {TITLE}## Q. Who is this for?\n\nEveryone.\n\n## {question}\n\nTwo things:\n\n"
        f"1. **Burglary** – {PROSE}\n2. **Robbery** – {PROSE}\n\n"
        "## What didn't make the list?\n\n- Arson\n- Begging\n\n"
        f"## How will we work?\n\n- In the open\n- Together\n\n## Any money?\n\n{PROSE}\n"
    )
    assert priorities(text, "plan.md") == ["Burglary", "Robbery"]


def test_in_plain_text_what_was_left_out_ends_the_list() -> None:
    text = (
        f"{TITLE}Our priorities\n\nBurglary\n\n{PROSE}\n\nRobbery\n\n{PROSE}\n\n"
        f"Issues considered and not chosen\n\nArson\n\nIt fell.\n\nBegging\n\nIt fell too.\n"
    )
    assert priorities(text) == ["Burglary", "Robbery"]


@pytest.mark.parametrize(
    "listed",
    [
        "## Strategic aims\n\n- Cut crime\n- Cut fear",
        "## 3. Our two goals for 2018-21\n\n1. Cut crime\n2. Cut fear",
        f"## Our pledges to residents\n\n### Cut crime\n\n{PROSE}\n\n### Cut fear\n\n{PROSE}",
        "## Outcomes\n\n- Cut crime\n- Cut fear\n\n## Objectives\n\n- Patrols\n- Visits",
    ],
)
def test_a_top_list_by_another_name_is_the_priorities_where_there_are_none(listed: str) -> None:
    emerging = "## New and emerging threats\n\nMetal theft is new."
    text = f"# {TITLE}{listed}\n\n{emerging}\n\n## Delivery\n\n{PROSE}\n"
    assert priorities(text, "plan.md") == ["Cut crime", "Cut fear"]
    assert with_role(text, Role.EMERGING, "plan.md") == ["New and emerging threats"]


def test_numbered_aims_are_priorities_where_there_are_none() -> None:
    text = (
        f"{TITLE}Aim A - Cut crime\n\n{PROSE}\n\nActions\n\n{PROSE}\n\n"
        f"Aim B - Cut fear\n\n{PROSE}\n"
    )
    assert priorities(text) == ["Aim A - Cut crime", "Aim B - Cut fear"]
    assert with_role(text, Role.PRIORITY_PART) == ["Actions"]


def test_aims_beside_priorities_and_those_of_an_assessment_stay_objectives() -> None:
    aims = "## Our aims\n\n- Cut crime\n- Cut fear\n\n"
    both = f"# {TITLE}{aims}## Our priorities\n\n- Burglary\n- Robbery\n"
    assert priorities(both, "plan.md") == ["Burglary", "Robbery"]
    assert with_role(both, Role.OBJECTIVES, "plan.md") == ["Our aims"]
    assessment = f"# Hartlepool Strategic Assessment 2018\n\n{PROSE}\n\n{aims}"
    assert priorities(assessment, "plan.md") == []


def test_emerging_issues_say_so_in_their_path_beside_aims() -> None:
    text = f"# {TITLE}## Our aims\n\n- Cut crime\n- Cut fear\n\n## Emerging threats\n\n- Drones\n"
    last = document(text, "plan.md").sections[-1]
    assert (last.role, last.path[1:]) == (Role.EMERGING, ("Emerging threats", "Drones"))


def test_a_signature_and_what_follows_it_are_no_priorities() -> None:
    text = (
        f"{TITLE}Our priorities\n\nBurglary\n\n{PROSE}\n\nRobbery\n\n{PROSE}\n\nJane Doe\n\n"
        f"Chair of the Safer Hartlepool Partnership\n\nUseful contacts\n\nPolice\n\n{PROSE}\n"
    )
    assert priorities(text) == ["Burglary", "Robbery"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("edge", [("", ""), ("| ", " |")])
def test_a_table_headed_by_priorities_lists_its_first_column(
    gap: str, edge: tuple[str, str]
) -> None:
    rows = ("Priority | Lead | Action", "Burglary | Police | Patrols", "Robbery | Council | Visits")
    table = gap.join(f"{edge[0]}{row}{edge[1]}" for row in rows)
    text = f"{TITLE}Our priorities\n\n{table}\n\nDelivery\n\n{PROSE}\n"
    assert priorities(text) == ["Burglary", "Robbery"]
    made = document(text)
    row = next(p for p in made.passages if "Police" in p.text)
    standings = {row.quote(each): each.standing for each in row.sentences}
    assert [each.value for each in standings.values()] == ["heading", "body"]


@pytest.mark.parametrize(
    "rows",
    [
        ("Lead | Action | Priority", "Police | Patrols | Burglary", "Council | Visits | Robbery"),
        ("Priority | Lead | Action", "Burglary | Police | Patrols", "Burglary | Council | Visits"),
        ("Priority | Lead | Action", "Burglary | Police | Patrols", "Robbery | Council"),
        ("Priority      Lead      Action", "Burglary      Police      Patrols by night"),
    ],
)
def test_a_table_that_is_not_clear_lists_none(rows: tuple[str, ...]) -> None:
    table = "\n\n".join(rows)
    assert priorities(f"{TITLE}Our priorities\n\n{table}\n\nDelivery\n\n{PROSE}\n") == []

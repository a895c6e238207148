"""Where plans stand in a document, and what is known of each and why."""

from __future__ import annotations

import pytest

from corpus.catalogue import Catalogue, DocumentEntry, PlanEntry
from corpus.models import Area, Basis, ParsedDocument, Period, PlanKind
from ingest.errors import CatalogueMismatchError
from tests.unit.ingest.documents import document, parsed

BODY = "Vision\n\nA safe place.\n\nOur priorities\n\n- Burglary\n- Robbery\n"


def catalogue(*plans: PlanEntry, title: str = "Two plans") -> Catalogue:
    entry = DocumentEntry(file="plan.txt", title=title, plan=plans, basis=Basis.SUMMARY)
    return Catalogue(document=(entry,))


def reasons(text: str, name: str = "plan.txt") -> dict[str, tuple[str, str]]:
    (plan,) = parsed(text, name).report.plans
    return {fact.what: (fact.value, fact.reason) for fact in plan.inferred}


def areas(made: ParsedDocument) -> list[str]:
    return [plan.area for plan in made.plans]


def test_catalogued_plans_begin_at_their_headings() -> None:
    text = f"Report\n\nTwo plans are below.\n\nNorth Plan\n\n{BODY}\nSouth Plan\n\n{BODY}"
    entries = (
        PlanEntry(area="South", heading="South  plan", period=Period(start=2011, end=2014)),
        PlanEntry(area="North", heading="North Plan", partnership="Safer North"),
    )
    made = parsed(text, catalogue=catalogue(*entries)).document
    assert areas(made) == ["North", "South"]
    assert [plan.basis for plan in made.plans] == [Basis.SUMMARY, Basis.SUMMARY]
    assert [plan.span.of(text)[:5] for plan in made.plans] == ["North", "South"]
    assert made.plans[0].partnership == "Safer North"
    assert made.sections[0].plan_id is None


def test_a_catalogued_heading_that_is_not_there_is_named() -> None:
    entries = (PlanEntry(area="A", heading="North Plan"), PlanEntry(area="B", heading="East Plan"))
    with pytest.raises(CatalogueMismatchError, match="no heading “East Plan”"):
        parsed(f"North Plan\n\n{BODY}", catalogue=catalogue(*entries))


def test_a_catalogued_heading_is_found_past_the_table_of_contents() -> None:
    text = f"Contents\n\nNorth Plan\n\nSouth Plan\n\nNorth Plan\n\n{BODY}\nSouth Plan\n\n{BODY}"
    entries = (PlanEntry(area="N", heading="North Plan"), PlanEntry(area="S", heading="South Plan"))
    made = parsed(text, catalogue=catalogue(*entries)).document
    assert [BODY.strip() in plan.span.of(text) for plan in made.plans] == [True, True]


def test_one_catalogued_plan_is_all_of_its_file() -> None:
    text = f"SAFER NORTH\n\nPartnership Plan 2022\n\n{BODY}"
    made = parsed(text, catalogue=catalogue(PlanEntry(area="North"), title="North Plan")).document
    (plan,) = made.plans
    assert (plan.title, plan.span.of(text)) == ("North Plan", text.strip())
    assert made.sections[0].span.of(text) == "SAFER NORTH\n\nPartnership Plan 2022"


def test_two_catalogued_plans_of_one_area_and_period_are_refused() -> None:
    entries = (PlanEntry(area="N", heading="North Plan"), PlanEntry(area="N", heading="South Plan"))
    with pytest.raises(CatalogueMismatchError, match="two plans of one area"):
        parsed(f"North Plan\n\n{BODY}\nSouth Plan\n\n{BODY}", catalogue=catalogue(*entries))


@pytest.mark.parametrize(
    ("title", "area", "kind", "period"),
    [
        ("Stockton Community Safety Plan 2011-2014", "Stockton", PlanKind.PLAN, "2011-2014"),
        ("Safer Bristol Partnership Plan 2021–24", "Bristol", PlanKind.PLAN, "2021-2024"),
        ("Community Safety Strategy for Poole 2016/2020", "Poole", PlanKind.STRATEGY, "2016-2020"),
        ("READING STRATEGIC ASSESSMENT 2022", "Reading", PlanKind.NEEDS_ASSESSMENT, "2022"),
        ("Cheshire West and Chester Crime Profile", "Cheshire West and Chester", "profile", None),
        ("Working as One: Zembley Safety Plan", "Zembley", PlanKind.PLAN, None),
        ("ZEMBLEY BOROUGH COMMUNITY SAFETY PLAN 2020", "Zembley", PlanKind.PLAN, "2020"),
    ],
)
def test_facts_in_a_title(title: str, area: str, kind: str, period: str | None) -> None:
    made = document(f"{title}\n\nFor all who live in {area} or visit it.\n\n{BODY}", "x.txt")
    (plan,) = made.plans
    assert (plan.area, plan.kind, plan.title) == (area, kind, title)
    assert (str(plan.period) if plan.period else None) == period


def test_each_inferred_fact_has_its_reason() -> None:
    text = f"Safer Zembley Partnership\nPartnership Strategy\n\nFor Zembley residents.\n\n{BODY}"
    assert reasons(text, "zembley_2020-2023.txt") == {
        "area": ("Zembley", "named with the title, in “Safer Zembley Partnership”"),
        "partnership": ("Safer Zembley Partnership", "so named in the text, once"),
        "kind": ("strategy", "the title says so: “Partnership Strategy”"),
        "period": ("2020-2023", "the file name says so: “zembley 2020-2023”"),
    }


def test_the_area_may_be_told_by_the_file_name_or_the_bodies_named() -> None:
    text = f"Making a Difference\n\nThe people of Zembley matter.\n\n{BODY}"
    assert reasons(text, "zembley-2020.txt")["area"][1].startswith("named in the file name")
    text = f"Making a Difference\n\nZembley Council and Zembley City Council agreed.\n\n{BODY}"
    assert reasons(text)["area"] == ("Zembley", "2 of the bodies named in the text are its")


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("stockton-on-tees-2022.txt", "Stockton on Tees"),
        ("STOCKTON_ON_TEES.txt", "Stockton on Tees"),
        ("scan of redcar plan v3.txt", "Redcar"),
        ("bath-and-north-east-somerset.txt", "Bath and North East Somerset"),
    ],
)
def test_a_file_name_gives_an_authority_as_it_is_spelled(name: str, area: str) -> None:
    assert areas(document(f"Making a Difference\n\nCrime will fall.\n\n{BODY}", name)) == [area]


def test_a_line_that_announces_a_list_is_no_title() -> None:
    text = (
        "# Keeping Zembley Safe\n\n## Zembley Strategy 2025\n\nThree pillars hold this strategy:\n"
    )
    assert document(f"{text}\n- Drugs\n- Knives\n", "x.md").document.title == "Keeping Zembley Safe"


def test_an_ordinary_word_in_a_file_name_is_no_place() -> None:
    assert (
        areas(document(f"Making a Difference\n\nCrime will fall.\n\n{BODY}", "a reading list.txt"))
        == []
    )


def test_a_possessive_in_a_title_is_no_part_of_the_name() -> None:
    text = f"Zembley's Community Safety Plan 2021-24\n\nFor all in Zembley.\n\n{BODY}"
    assert areas(document(text, "x.txt")) == ["Zembley"]
    assert areas(document(f"King's Lynn Safety Plan\n\nFor King's Lynn people.\n\n{BODY}")) == [
        "King's Lynn"
    ]


def test_an_alias_of_a_catalogued_area_is_that_area() -> None:
    known = Catalogue(area=(Area(name="Redcar and Cleveland", aliases=("Redcar",)),))
    made = parsed(f"Redcar Community Safety Plan 2011\n\n{BODY}", catalogue=known).document
    assert areas(made) == ["Redcar and Cleveland"]


@pytest.mark.parametrize(
    "text",
    [
        f"Guidance on Community Safety Plans\n\nEvery plan needs a vision.\n\n{BODY}",
        "Turning the Tide: Crime Strategy\n\nCrime will fall.\n",
        "Notes of a meeting.\n",
    ],
)
def test_a_document_without_an_area_has_no_plan_and_says_so(text: str) -> None:
    made = parsed(text, "x.txt")
    assert made.document.plans == ()
    assert made.document.passages
    assert made.report.outcome == "read"
    assert "on no board" in made.report.notes[-1]


def test_several_plans_are_told_by_their_titles() -> None:
    text = (
        "Report to the Panel\n\n1 Purpose\n\nTo note a summary.\n\n2 Costs\n\nNone.\n\n"
        f"Stockton Community Safety Plan 2011-2014\n\n{BODY}\n"
        f"Hartlepool Community Safety Plan 2011-2014\n\n{BODY}\n3 Comment\n\nThey differ.\n"
    )
    made = document(text)
    assert areas(made) == ["Stockton", "Hartlepool"]
    assert {plan.basis for plan in made.plans} == {Basis.SUMMARY}
    outside = [section.path for section in made.sections if section.plan_id is None]
    assert outside == [
        ("Report to the Panel",),
        ("Report to the Panel", "1 Purpose"),
        ("Report to the Panel", "2 Costs"),
        ("Report to the Panel", "3 Comment"),
    ]


def test_stated_levels_end_a_plan_among_several() -> None:
    body = "## Vision\n\nA safe place.\n\n## Priorities\n\n- Burglary\n\n"
    plans = f"# Stockton Plan 2011\n\n{body}# Hartlepool Plan 2011\n\n{body}"
    made = document(f"{plans}# Contacts\n\nWrite to us.\n", "digest.md")
    assert areas(made) == ["Stockton", "Hartlepool"]
    assert made.sections[-1].plan_id is None


@pytest.mark.parametrize(
    "inner",
    [
        "Cleveland Police and Crime Plan 2021-2025\n\nVision\n\nIt has its own.\n",
        "Links to the Stockton Strategy\n\nVision\n\nIt has its own.\n",
        "Middlesbrough Drugs Strategy\n\nIt is a neighbour's.\n",
        "Hartlepool Community Safety Plan 2008-2011\n\nPriorities\n\nIt had three.\n",
    ],
)
def test_headings_that_name_other_plans_begin_none(inner: str) -> None:
    text = f"Hartlepool Community Safety Plan 2011-2014\n\n{BODY}\n{inner}"
    made = document(text)
    assert areas(made) == ["Hartlepool"]
    assert made.plans[0].span.of(text) == text.strip()


def test_one_plan_attached_to_a_report_begins_at_its_title() -> None:
    text = (
        "Report to Cabinet\n\n1 Purpose\n\nTo adopt the plan.\n\n2 Costs\n\nNone arise from it.\n\n"
        f"Hartlepool Community Safety Plan 2011-2014\n\n{BODY}"
    )
    made = document(text)
    assert [plan.span.of(text)[:10] for plan in made.plans] == ["Hartlepool"]
    assert made.plans[0].basis is Basis.FULL


@pytest.mark.parametrize(
    ("front", "kind", "period"),
    [
        ("# Safer Zembley\n\n## Strategic assessment 2024", PlanKind.NEEDS_ASSESSMENT, "2024"),
        ("# Safer Zembley\n\n## Annual refresh 2023/24", PlanKind.PLAN, "2023-2024"),
        (
            "Safer Zembley\n=====\n\nNeeds assessment and priorities, 2024\n-----",
            PlanKind.NEEDS_ASSESSMENT,
            "2024",
        ),
    ],
)
def test_a_subtitle_tells_kind_and_period(front: str, kind: PlanKind, period: str) -> None:
    made = document(f"{front}\n\nFor all who live in Zembley.\n\n{BODY}", "x.md")
    (plan,) = made.plans
    assert (plan.title, plan.area, plan.kind) == ("Safer Zembley", "Zembley", kind)
    assert str(plan.period) == period


def test_a_list_of_priorities_below_the_title_is_no_subtitle() -> None:
    made = document(
        "# Safer Zembley\n\n## Our plan priorities 2024\n\n- Burglary\n- Theft\n", "x.md"
    )
    assert [s.path[-1] for s in made.sections if s.role == "priority"] == ["Burglary", "Theft"]

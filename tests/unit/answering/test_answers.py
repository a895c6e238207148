"""An answer of each kind: its status, its areas, and what it rests on."""

from __future__ import annotations

import re

import pytest

from service.answering.assistant import Assistant
from service.schemas import Answer, AskRequest, Filters, Intent, Status, Turn, Verdict

ALL = ("Eastvale", "Northmoor", "Saltmere")


def ask(assistant: Assistant, question: str, *history: str, **filters: object) -> Answer:
    turns = tuple(
        Turn(role="user" if number % 2 == 0 else "assistant", text=text)
        for number, text in enumerate(history)
    )
    request = AskRequest(question=question, history=turns, filters=Filters.model_validate(filters))
    return assistant.answer(request)


def evidence(answer: Answer) -> list[str]:
    """The quotations that the answer rests on."""
    numbers = {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)}
    numbers |= {n for verdict in answer.verdicts for n in verdict.citations}
    return [answer.citations[n - 1].quote for n in sorted(numbers)]


@pytest.mark.parametrize(
    ("question", "status", "areas"),
    [
        ("Which boroughs prioritise metal theft?", Status.ANSWERED, ("Northmoor",)),
        ("Which boroughs mention drug dealing?", Status.ANSWERED, ("Northmoor", "Saltmere")),
        ("Which boroughs prioritise drug dealing?", Status.ANSWERED, ("Northmoor",)),
        ("Which boroughs prioritise e-scooters?", Status.ANSWERED, ("Northmoor",)),
        ("Which boroughs prioritise hate?", Status.PARTLY, ()),
        ("Which boroughs mention drones?", Status.NOT_IN_PLANS, ()),
        ("drug dealing", Status.ANSWERED, ("Northmoor", "Saltmere")),
        ("How many boroughs mention drug dealing?", Status.ANSWERED, ("Northmoor", "Saltmere")),
        ("How many boroughs mention drones?", Status.ANSWERED, ()),
        ("Which boroughs do not mention metal theft?", Status.ANSWERED, ("Eastvale", "Saltmere")),
        (
            "Which boroughs do not prioritise drug dealing?",
            Status.ANSWERED,
            ("Eastvale", "Saltmere"),
        ),
        ("Which boroughs mention burglary or graffiti?", Status.ANSWERED, ("Eastvale", "Saltmere")),
        ("Which boroughs mention burglary and graffiti?", Status.NOT_IN_PLANS, ()),
        (
            "Which boroughs mention drug dealing but not burglary?",
            Status.ANSWERED,
            ("Northmoor",),
        ),
        (
            "Which boroughs other than Saltmere mention drug dealing?",
            Status.ANSWERED,
            ("Northmoor",),
        ),
        ("Which boroughs had metal theft as a priority in 2019?", Status.ANSWERED, ("Saltmere",)),
        (
            "Which boroughs prioritised metal theft in any edition of their plan?",
            Status.ANSWERED,
            ("Northmoor", "Saltmere"),
        ),
        ("Which boroughs mentioned metal theft in 2031?", Status.NO_PLAN_HELD, ()),
        ("What does Saltmere say about burglary?", Status.ANSWERED, ("Saltmere",)),
        ("What does Saltmere say about metal theft?", Status.NOT_IN_PLANS, ()),
        ("What is Saltmere's budget for burglary?", Status.NOT_IN_PLANS, ()),
        ("What does Darlington say about burglary?", Status.NO_PLAN_HELD, ()),
        (
            "Compare Saltmere and Darlington on burglary",
            Status.PARTLY,
            ("Saltmere",),
        ),
        (
            "Compare Saltmere and Northmoor on drug dealing",
            Status.ANSWERED,
            ("Northmoor", "Saltmere"),
        ),
        ("Compare Saltmere and Northmoor on drones", Status.NOT_IN_PLANS, ()),
        ("Does Saltmere's plan mention metal theft?", Status.ANSWERED, ()),
        ("Does Saltmere's plan mention burglary?", Status.ANSWERED, ("Saltmere",)),
        ("Does Saltmere use drones?", Status.NOT_IN_PLANS, ()),
        ("What are Northmoor's priorities?", Status.ANSWERED, ("Northmoor",)),
        ("How often does the Northmoor board meet?", Status.ANSWERED, ("Northmoor",)),
        ("How many farms will Northmoor visit?", Status.ANSWERED, ("Northmoor",)),
        ("How many burglaries were there in Saltmere?", Status.NOT_IN_PLANS, ()),
        ("Which plans cover 2019?", Status.ANSWERED, ("Saltmere",)),
        ("Which plans cover 2031?", Status.NO_PLAN_HELD, ()),
        ("How many boroughs don't mention drug dealing?", Status.ANSWERED, ("Eastvale",)),
        ("Which mention neither burglary nor graffiti?", Status.ANSWERED, ("Northmoor",)),
        ("Does Atlantis prioritise burglary?", Status.NO_PLAN_HELD, ()),
        ("Which boroughs do not mention activities?", Status.ANSWERED, ALL),
        ("Which boroughs mention vaping?", Status.NOT_IN_PLANS, ()),
        ("\ufeffWhich boroughs mention burglary?", Status.ANSWERED, ("Saltmere",)),
        ("thanks!", Status.UNCLEAR, ()),
        ("?!", Status.UNCLEAR, ()),
    ],
)
def test_status_and_areas(
    plans: Assistant, question: str, status: Status, areas: tuple[str, ...]
) -> None:
    answer = ask(plans, question)
    assert (answer.status, answer.areas) == (status, areas), answer.text
    assert answer.answerable == (status in {Status.ANSWERED, Status.PARTLY})


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        (
            "Which boroughs prioritise metal theft?",
            ["We will focus on theft from farms, in particular metal theft."],
        ),
        ("What are Northmoor's priorities?", ["Rural theft", "Drug dealing"]),
        ("What is Northmoor's vision?", ["A safer Northmoor, free of hate."]),
        ("How often does the Northmoor board meet?", ["The board meets every three months."]),
        ("When do wardens patrol in Saltmere?", ["Wardens will patrol the park at weekends."]),
    ],
)
def test_what_is_quoted(plans: Assistant, question: str, quotes: list[str]) -> None:
    assert evidence(ask(plans, question)) == quotes


def test_a_related_wording_is_shown_and_is_no_evidence(plans: Assistant) -> None:
    answer = ask(plans, "Which boroughs prioritise metal theft?")
    [eastvale] = [verdict for verdict in answer.verdicts if verdict.area == "Eastvale"]
    assert (eastvale.verdict, eastvale.citations) == (Verdict.RELATED, ())
    assert answer.citations[eastvale.nearest[0] - 1].quote == "Other theft"
    assert "“Other theft”" in answer.text


def test_an_area_that_is_not_held_has_its_verdict(plans: Assistant) -> None:
    answer = ask(plans, "Compare Saltmere and Darlington on burglary")
    assert [(v.area, v.verdict, v.plan_id is None) for v in answer.verdicts] == [
        ("Saltmere", Verdict.PRIORITY, False),
        ("Darlington", Verdict.NO_PLAN, True),
    ]


def test_filters_narrow_the_scope(plans: Assistant) -> None:
    answer = ask(plans, "Which boroughs mention drug dealing?", areas=["Saltmere"])
    assert (answer.areas, answer.scope.plans_in_scope) == (("Saltmere",), 1)
    missing = ask(plans, "Which boroughs mention drug dealing?", areas=["Atlantis"])
    assert missing.status is Status.NO_PLAN_HELD


@pytest.mark.parametrize(
    ("history", "question", "standalone", "areas"),
    [
        (
            ["Which boroughs prioritise metal theft?"],
            "and what about burglary?",
            "Which boroughs prioritise burglary?",
            ("Saltmere",),
        ),
        (
            ["What is Northmoor doing about drug dealing?"],
            "And Saltmere?",
            "What is Saltmere doing about drug dealing?",
            ("Saltmere",),
        ),
        (
            ["Which boroughs mention drug dealing?"],
            "Which of those also mention burglary?",
            "Which of Northmoor and Saltmere also mention burglary?",
            ("Saltmere",),
        ),
        (
            ["Which boroughs mention drug dealing?", "Northmoor: … [1]\nSaltmere: … [2]"],
            "What does the second one say about burglary?",
            "What does Saltmere say about burglary?",
            ("Saltmere",),
        ),
        (
            ["What does Northmoor say about burglary?"],
            "no, I meant Saltmere",
            "What does Saltmere say about burglary?",
            ("Saltmere",),
        ),
        (
            ["Which boroughs mention graffiti?"],
            "what about the others?",
            "Which areas other than Eastvale mention graffiti?",
            (),
        ),
        (
            ["Which boroughs mention drug dealing?"],
            "how many is that?",
            "How many areas mention drug dealing?",
            ("Northmoor", "Saltmere"),
        ),
        (
            ["Which boroughs prioritise drug dealing?"],
            "and who doesn't?",
            "Which areas do not prioritise drug dealing?",
            ("Eastvale", "Saltmere"),
        ),
        (
            ["What does Saltmere say about burglary?"],
            "where does it say that?",
            "What does Saltmere say about burglary?",
            ("Saltmere",),
        ),
        (
            ["What does Northmoor say about burglary?"],
            "Thanks. Which boroughs mention graffiti?",
            "Thanks. Which boroughs mention graffiti?",
            ("Eastvale",),
        ),
        (
            ["What does Northmoor say about burglary?"],
            "Which boroughs mention graffiti?",
            "Which boroughs mention graffiti?",
            ("Eastvale",),
        ),
    ],
)
def test_follow_ups(
    plans: Assistant, history: list[str], question: str, standalone: str, areas: tuple[str, ...]
) -> None:
    answer = ask(plans, question, *history)
    assert (answer.standalone_question, answer.areas) == (standalone, areas)


def test_of_all_plans_it_is_said_where_not_all_do(plans: Assistant) -> None:
    answer = ask(plans, "Do all of the plans mention drug dealing?")
    assert (answer.status, answer.areas) == (Status.ANSWERED, ("Northmoor", "Saltmere"))
    assert answer.text.startswith("Not in all: ")


def test_of_several_questions_it_is_said_that_one_is_answered(plans: Assistant) -> None:
    answer = ask(plans, "Which boroughs mention burglary? Which mention graffiti?")
    assert (answer.topics, answer.areas) == (("graffiti",), ("Eastvale",))
    assert "Only the last of these questions" in answer.text


def test_what_is_called_emerging_is_asked_for(plans: Assistant) -> None:
    emerging = ask(plans, "Where are e-scooters emerging?")
    assert (emerging.status, emerging.areas) == (Status.ANSWERED, ("Northmoor",))
    other = ask(plans, "Which areas call drug dealing an emerging issue?")
    assert (other.status, other.areas) == (Status.PARTLY, ())
    assert "No plan calls drug dealing an emerging issue" in other.text


def test_a_report_paragraph_is_cited_for_the_area_it_names(report: Assistant) -> None:
    answer = ask(report, "What does Hartlepool say about government spending cuts?")
    assert answer.areas == ("Hartlepool",)
    [citation] = [c for c in answer.citations if c.quote in evidence(answer)]
    assert (citation.area, citation.plan_id) == ("Hartlepool", None)
    assert [v.verdict for v in answer.verdicts] == [Verdict.NOT_MENTIONED]


def test_a_fact_of_the_report_has_no_area_and_no_board(report: Assistant) -> None:
    answer = ask(report, "How many performance measures were in the National Indicator Set?")
    assert (answer.intent, answer.areas, answer.verdicts) == (Intent.FACT, (), ())
    assert "198 performance measures" in evidence(answer)[0]


def test_the_sample_question(report: Assistant) -> None:
    answer = ask(report, "Which boroughs prioritise metal theft?")
    assert answer.areas == ("Redcar and Cleveland", "Stockton")
    assert {v.area: v.verdict for v in answer.verdicts} == {
        "Redcar and Cleveland": Verdict.PRIORITY,
        "Stockton": Verdict.EMERGING,
        "Hartlepool": Verdict.RELATED,
        "Middlesbrough": Verdict.RELATED,
    }
    assert answer.text.startswith("4 of 4 plans read. 2 name metal theft")
    assert "summary" in answer.text


def test_a_topic_of_words_that_tell_little_is_judged_all_the_same(plans: Assistant) -> None:
    answer = ask(plans, "Which boroughs do not mention activities?")
    assert len(answer.verdicts) == answer.scope.plans_in_scope == 3


def test_a_list_of_topics_stays_whole(plans: Assistant) -> None:
    asked = "Which boroughs mention arson, drugs, alcohol, theft, violence, burglary or fraud?"
    assert len(ask(plans, asked).topics) == 7


def test_more_topics_than_an_answer_can_show_are_refused(plans: Assistant) -> None:
    asked = ", ".join(f"topic{number}" for number in range(40))
    answer = ask(plans, f"Which boroughs mention {asked}?")
    assert (answer.status, answer.verdicts) == (Status.UNCLEAR, ())
    assert "40 topics" in answer.text


def test_what_may_be_meant_in_passing_is_no_priority(plans: Assistant) -> None:
    # Whatever Northmoor's officers visit farms with, it is none of its priorities.
    topic = "farm visits by officers with dogs"
    verdicts = {each.area: each.verdict for each in ask(plans, f"Who mentions {topic}?").verdicts}
    assert verdicts["Northmoor"] is Verdict.POSSIBLE
    assert "Northmoor" in ask(plans, f"Which boroughs do not prioritise {topic}?").areas
    assert "Northmoor" not in ask(plans, f"Which boroughs do not mention {topic}?").areas

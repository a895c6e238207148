"""Plans side by side, without a topic: asked of the report that ships."""

from __future__ import annotations

import pytest

from service.answering.assistant import Assistant
from service.schemas import Answer, AskRequest, Status, Turn


def ask(report: Assistant, question: str, *history: str) -> Answer:
    turns = tuple(Turn(role="user", text=text) for text in history)
    return report.answer(AskRequest(question=question, history=turns))


ALL = ("Hartlepool", "Middlesbrough", "Redcar and Cleveland", "Stockton")


@pytest.mark.parametrize(
    "question",
    ["What do the four plans have in common?", "Which priorities do all the boroughs share?"],
)
def test_what_is_shared_is_a_priority_in_every_plan(report: Assistant, question: str) -> None:
    answer = ask(report, question)
    assert (answer.status, answer.areas) == (Status.ANSWERED, ALL)
    assert "anti-social behaviour" in answer.text.split("\n")[1]
    shared = answer.text.split("\n")[1].split(": ")[1].rstrip(".")
    for subject in shared.replace(" and ", ", ").split(", "):
        assert ask(report, f"Which boroughs prioritise {subject}?").areas
        assert set(ask(report, f"Which boroughs prioritise {subject}?").areas) == set(ALL)


def test_what_one_plan_has_alone_no_other_has(report: Assistant) -> None:
    answer = ask(report, "Which priority is unique to Middlesbrough?")
    assert answer.areas == ("Middlesbrough",)
    assert "Mental health" in answer.text
    assert ask(report, "Which boroughs prioritise mental health?").areas == ("Middlesbrough",)


def test_the_most_and_the_fewest_priorities_are_counted(report: Assistant) -> None:
    assert ask(report, "Which borough has the most priorities?").areas == (
        "Hartlepool",
        "Middlesbrough",
    )
    fewest = ask(report, "Who has the fewest priorities?")
    assert "Hartlepool" not in fewest.areas
    assert fewest.citations


def test_periods_authors_and_dates_are_quoted(report: Assistant) -> None:
    period = ask(report, "What period does Stockton's plan cover?")
    assert [c.quote for c in period.citations] == ["Stockton Community Safety Plan 2011-2014"]
    assert "Sarah Wilson" in ask(report, "Who wrote the report?").text
    assert "26th May 2011" in ask(report, "When was the report published?").text


def test_plans_are_compared_by_their_priorities_where_no_topic_is_given(report: Assistant) -> None:
    answer = ask(report, "How do Middlesbrough and Stockton compare?")
    assert answer.areas == ("Middlesbrough", "Stockton")
    assert {c.area for c in answer.citations} == set(answer.areas)


def test_a_yes_or_no_question_about_nothing_is_unclear(report: Assistant) -> None:
    assert ask(report, "Does Stockton?").status in {Status.UNCLEAR, Status.NOT_IN_PLANS}


def test_a_loose_everyday_word_names_no_hate_crime(report: Assistant) -> None:
    answer = ask(report, "Which boroughs mention hate crime?")
    assert (answer.status, answer.areas) == (Status.NOT_IN_PLANS, ())

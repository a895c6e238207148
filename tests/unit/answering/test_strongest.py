"""A board judges no more sentences than it must, and finds what judging all of them would."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.glossary import load_glossary
from corpus.models import Plan, Standing
from service.answering.assistant import Assistant
from service.answering.board import Boards, PlanVerdict, Stopwatch
from service.answering.judge import Finding, named, related
from service.answering.scoping import Wanted, select_plans
from service.answering.strongest import by_strength
from service.answering.wordings import Topic
from service.schemas import Filters, Verdict


def board(assistant: Assistant, topic: Topic) -> list[PlanVerdict]:
    plans = select_plans(assistant.engine.plans(), Wanted(), Filters())
    return Boards(assistant.engine).of(topic, plans, Stopwatch())


def all_findings(assistant: Assistant, topic: Topic, plan: Plan) -> list[Finding]:
    passages = assistant.engine.passages(plan.document_id)
    found = [named(topic, each) for each in passages if each.plan_id == plan.id]
    return sorted((finding for some in found for finding in some), key=by_strength)


def all_related(assistant: Assistant, topic: Topic, plan: Plan) -> list[Finding]:
    passages = assistant.engine.passages(plan.document_id)
    found = [related(topic, each) for each in passages if each.plan_id == plan.id]
    return [finding for some in found for finding in some]


@given(phrase=st.sampled_from(load_glossary().terms))
@settings(max_examples=60)
def test_a_verdict_is_the_strongest_of_all_findings(report: Assistant, phrase: str) -> None:
    topic = report.vocabulary.topic(phrase)
    assert topic is not None
    for verdict in board(report, topic):
        every = all_findings(report, topic, verdict.plan)
        if every:
            assert verdict.best == every[0]
            assert verdict.findings == tuple(every)
            section = verdict.best.passage.section_id
            assert verdict.beside == tuple(f for f in every if f.passage.section_id == section)
        else:
            near = all_related(report, topic, verdict.plan)
            in_order = min(near, key=lambda f: f.sentence.standing is Standing.BODY, default=None)
            assert verdict.strongest == in_order


@pytest.mark.parametrize(
    ("phrase", "area", "verdict"),
    [
        ("metal theft", "Northmoor", Verdict.PRIORITY),
        ("e-scooters", "Northmoor", Verdict.EMERGING),
        ("hate", "Northmoor", Verdict.MENTIONED),
        ("knife crime", "Northmoor", Verdict.NOT_MENTIONED),
    ],
)
def test_a_stronger_place_further_on_wins(
    plans: Assistant, phrase: str, area: str, verdict: Verdict
) -> None:
    topic = plans.vocabulary.topic(phrase)
    assert topic is not None
    assert {v.verdict for v in board(plans, topic) if v.plan.area == area} == {verdict}

"""What explains a verdict agrees with it, and says which test each other sentence failed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.glossary import load_glossary
from service.answering.assistant import Assistant
from service.answering.explaining import Check, PlanExplained
from service.schemas import Filters


def explained(assistant: Assistant, topic: str) -> dict[str, PlanExplained]:
    found = assistant.explain(topic, Filters())
    assert found is not None
    return {each.plan.area: each for each in found.plans}


@given(topic=st.sampled_from(load_glossary().terms))
@settings(max_examples=25)
def test_an_explanation_is_that_of_the_board(report: Assistant, topic: str) -> None:
    board = report.board(topic, Filters())
    found = explained(report, topic)
    shown = {area: (plan.verdict, plan.inferred) for area, plan in found.items()}
    assert {each.area: (each.verdict, each.inferred) for each in board.verdicts} == shown
    cited = {each.n: (each.start, each.end) for each in board.citations}
    for verdict in board.verdicts:
        kept = {(each.sentence.start, each.sentence.end) for each in found[verdict.area].kept}
        assert {cited[n] for n in verdict.citations} <= kept


def test_a_kept_sentence_tells_its_words_and_a_rejected_one_what_it_lacks(
    plans: Assistant,
) -> None:
    found = explained(plans, "metal theft")
    northmoor, eastvale = found["Northmoor"], found["Eastvale"]
    assert northmoor.kept[0].said == "metal theft"
    assert eastvale.kept[0].verdict is not None
    assert not eastvale.kept[0].verdict.is_named
    rejected = [each for plan in found.values() for each in plan.rejected]
    assert any(each.failed is Check.WORDS and each.lacks for each in rejected)
    assert all((each.failed is Check.WORDS) == bool(each.lacks) for each in rejected)


def test_mentions_stand_in_reading_order(report: Assistant) -> None:
    document = report.engine.documents()[0].id
    said = report.mentions("metal theft", document)
    assert [each.sentence.start for each in said] == sorted(each.sentence.start for each in said)
    assert all("metal theft" in each.passage.quote(each.sentence) for each in said)
    assert len(said) == 2


@pytest.mark.parametrize("topic", ["", "???", "🚓"])
def test_a_topic_without_a_word_explains_nothing(report: Assistant, topic: str) -> None:
    assert report.explain(topic, Filters()) is None
    assert report.mentions(topic, report.engine.documents()[0].id) == ()

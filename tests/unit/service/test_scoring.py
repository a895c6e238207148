"""The scorer against answers made by hand: each rule, and each way to be wrong."""

from __future__ import annotations

from typing import Any

import pytest

from service.evaluation.baselines import keyword_outcome, meaning_outcome
from service.evaluation.questions import Golden, QuestionsError, load_questions
from service.evaluation.scoring import Evidence, Fault, Outcome, outcome_of, score
from service.evaluation.summary import tallies
from service.schemas import AskRequest
from tests.unit.service.stand_ins import engine, held


def golden(**fields: Any) -> Golden:
    given: dict[str, Any] = {
        "id": "q1",
        "question": "Which boroughs prioritise metal theft?",
        "type": "set",
        "boroughs": ["A", "B"],
        "forbidden_boroughs": ["C"],
        "must_quote": ["metal theft", "lead  theft"],
        "answerable": True,
    }
    return Golden.model_validate(given | fields)


def outcome(**fields: Any) -> Outcome:
    right = Outcome(
        answerable=True,
        areas=frozenset({"A", "B"}),
        claimed=True,
        evidence=(Evidence("Of metal theft.", "A"), Evidence("Of lead\n theft.", "B")),
    )
    return right._replace(**fields)


ABSTAINED = Outcome(answerable=False, areas=frozenset(), claimed=False, evidence=())


def test_a_right_answer_has_no_fault() -> None:
    made = score(golden(), outcome())
    assert made.right
    assert (made.needed, made.found, made.evidence, made.good_evidence) == (2, 2, 2, 2)


def test_an_area_that_is_neither_asked_for_nor_forbidden_may_stand() -> None:
    assert score(golden(), outcome(areas=frozenset({"A", "B", "D"}))).right


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"areas": frozenset({"A"})}, Fault.MISSING_AREA),
        ({"areas": frozenset({"A", "B", "C"})}, Fault.FORBIDDEN_AREA),
        ({"evidence": (Evidence("Of metal theft.", "A"),)}, Fault.MISSING_QUOTE),
        ({"evidence": (Evidence("metal theft, lead theft", None),)}, Fault.MISSING_QUOTE),
        ({"answerable": False}, Fault.NOT_ANSWERED),
        ({"bad_offsets": 1}, Fault.BAD_OFFSETS),
        ({"oversize": 1}, Fault.OVERSIZE),
    ],
)
def test_each_way_to_be_wrong(fields: dict[str, Any], fault: Fault) -> None:
    assert score(golden(), outcome(**fields)).faults == (fault,)


@pytest.mark.parametrize("kind", ["set", "count", "compare"])
def test_each_area_needs_a_quotation_of_its_own(kind: str) -> None:
    one_for_both = (Evidence("Of metal theft.", "A"), Evidence("Of metal theft.", "A"))
    assert Fault.MISSING_QUOTE in score(golden(type=kind), outcome(evidence=one_for_both)).faults


def test_a_list_needs_every_string() -> None:
    both = (Evidence("metal theft", "A"), Evidence("lead theft", "A"))
    assert score(golden(type="list"), outcome(evidence=both)).right
    assert score(golden(type="list"), outcome(evidence=both[:1])).found == 1


@pytest.mark.parametrize("kind", ["lookup", "fact", "report", "yesno", "followup", "negation"])
def test_other_types_need_one_quotation_from_anywhere(kind: str) -> None:
    assert score(golden(type=kind), outcome(evidence=(Evidence("lead theft", None),))).right
    assert not score(golden(type=kind), outcome(evidence=(Evidence("theft", "A"),))).right


def test_where_nothing_need_be_quoted_nothing_is() -> None:
    made = score(golden(must_quote=[]), outcome(evidence=()))
    assert made.right
    assert (made.needed, made.found) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "right"),
    [
        ({}, True),
        ({"evidence": (Evidence("theft", "C", frozenset({"C"})),)}, True),
        ({"answerable": True}, False),
        ({"areas": frozenset({"D"})}, False),
        ({"claimed": True}, False),
    ],
)
def test_what_is_not_in_the_plans_must_be_declined(fields: dict[str, Any], right: bool) -> None:
    unanswerable = golden(answerable=False, boroughs=[], must_quote=[])
    assert score(unanswerable, ABSTAINED._replace(**fields)).right == right


def test_a_citation_is_good_by_its_words_or_by_a_right_verdict() -> None:
    evidence = (
        Evidence("Of metal theft.", "A", frozenset({"A"})),
        Evidence("Of burglary.", "B", frozenset({"B"})),  # B is named, rightly
        Evidence("Of burglary.", "C", frozenset({"C"})),  # C isn't, rightly
        Evidence("Of burglary.", "A"),  # carries nothing
    )
    made = score(golden(), outcome(evidence=evidence))
    assert (made.evidence, made.good_evidence) == (4, 3)
    wrong = score(golden(), outcome(evidence=evidence, areas=frozenset({"A", "C"})))
    assert wrong.good_evidence == 1


def test_an_answer_is_reduced_to_what_is_scored() -> None:
    made = engine()
    answer = held().answer(AskRequest(question="metal theft"))
    reduced = outcome_of(answer, made.text)
    assert reduced.areas == frozenset(answer.areas)
    assert reduced.claimed
    # The nearest passage of a plan that doesn't mention it is shown, and is no evidence.
    assert len(reduced.evidence) == len(answer.citations) - 1
    assert all(each.verdict_areas == {each.area} for each in reduced.evidence)
    assert (reduced.bad_offsets, reduced.oversize) == (0, 0)


def test_an_answer_whose_citations_are_not_in_the_source_is_found_out() -> None:
    answer = held().answer(AskRequest(question="metal theft"))
    shifted = [c.model_copy(update={"start": c.start + 1}) for c in answer.citations[:1]]
    changed = answer.model_copy(update={"citations": (*shifted, *answer.citations[1:])})
    assert outcome_of(changed, engine().text).bad_offsets == 1
    assert outcome_of(answer, lambda _: None).bad_offsets == len(answer.citations)


def test_scores_add_up() -> None:
    right, wrong = score(golden(), outcome()), score(golden(type="count"), ABSTAINED)
    declined = score(golden(type="no", answerable=False, must_quote=[]), ABSTAINED)
    *by_type, whole = tallies([right, wrong, declined])
    assert [(each.name, each.questions, each.right) for each in by_type] == [
        ("set", 1, 1),
        ("count", 1, 0),
        ("no", 1, 1),
    ]
    assert (whole.name, whole.right, whole.precision, whole.recall) == ("all", 2, 1.0, 0.5)
    assert (whole.abstained_rightly, whole.abstained_wrongly, whole.claimed_wrongly) == (1, 1, 0)
    assert by_type[1].precision is None


@pytest.mark.parametrize("baseline", [keyword_outcome, meaning_outcome])
def test_a_baseline_takes_the_top_passages_for_the_answer(baseline: Any) -> None:
    made = baseline(golden(question="metal theft rose"), engine())
    assert made.answerable
    assert "Stockton" in made.areas
    assert Evidence("Metal theft rose.", "Stockton") in made.evidence


def test_questions_are_read_with_their_history(tmp_path: Any) -> None:
    file = tmp_path / "questions.jsonl"
    line = golden(history=[{"role": "user", "text": "Hello"}]).model_dump_json(by_alias=True)
    file.write_text(f'{line}\n\n{line[:-1]}, "note": "either"}}\n')
    first, second = load_questions(file)
    assert first == second
    assert first.request().history[0].text == "Hello"


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"not json\n", b"\xff\n"])
def test_a_file_that_holds_no_questions_is_refused(tmp_path: Any, content: bytes) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(content)
    with pytest.raises(QuestionsError, match=r"questions\.jsonl"):
        load_questions(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Any) -> None:
    with pytest.raises(QuestionsError, match="can't be read"):
        load_questions(tmp_path / "none.jsonl")

"""The kind of thing that a question asks for, and whether a sentence gives it."""

from __future__ import annotations

import pytest

from service.answering.answer_kinds import asked_kind
from service.answering.facts import best_facts, fact_question
from tests.unit.answering.passages import passage


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much did burglary fall?", "fall"),
        ("By how much will robbery be cut?", "fall"),
        ("How far has shoplifting risen since 2019?", "rise"),
        ("How much money is there for patrols?", "sum of money"),
        ("How often do the boards meet?", "frequency"),
        ("What is the telephone number?", "telephone number"),
        ("Which phone should I ring?", "telephone number"),
        ("What does the plan say about phone snatching?", None),
        ("What is being done about email fraud and website scams?", None),
        ("Who is the named contact for fly tipping?", "person's name"),
        ("What is the chair called?", "person's name"),
    ],
)
def test_the_kind_of_thing_asked_for(question: str, kind: str | None) -> None:
    found = asked_kind(question)
    assert (found.name if found else None) == kind


def test_a_fall_is_not_answered_by_a_rise() -> None:
    kind = asked_kind("How much did burglary fall?")
    assert kind is not None
    assert kind.needs is not None
    assert kind.given.search("Burglary rose by 22%.") is not None
    assert kind.needs.search("Burglary rose by 22%.") is None


def _best(question: str, *sentences: str, others: dict[str, set[tuple[str, ...]]]) -> str | None:
    asked = fact_question(
        question,
        asking=frozenset(),
        light=frozenset(),
        words_for=lambda word: frozenset(others.get(word, ())),
    )
    weights = dict.fromkeys(asked.content, 1.0)
    passages = [passage(sentence) for sentence in sentences]
    found = best_facts(asked, passages, weights)
    return found[0].passage.text if found and found[0].coverage > 0.5 else None


@pytest.mark.parametrize(
    ("question", "sentence", "others"),
    [
        ("How many died on roads?", "There were nine deaths on the roads.",
         {"died": {("death",)}}),
        ("Who leads on patrols?", "The patrols are led by Inspector Ash.", {}),
        ("Who pays for patrols?", "The patrols are paid for by the mayor.", {}),
        ("How many farmers are in the watch group?", "The watch group has 64 members.", {}),
        ("What sentence do poachers get on average?", "Poachers get 30 days on average.", {}),
        ("How big is the patrol fund?", "The patrol fund is £900.", {}),
        ("What is the name of the warden?", "Our warden is Mr Ash.", {}),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_found(
    question: str, sentence: str, others: dict[str, set[tuple[str, ...]]]
) -> None:
    assert _best(question, sentence, others=others) == sentence


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who leads on patrols?", "There are patrols on the pier."),
        ("What sentence do poachers get on average?", "Poachers got 30 days last year."),
        ("How many farmers are in the watch group?", "The sailing club has 64 members."),
        ("How many patrols are there altogether?", "We add 85 patrols."),
        ("How many patrols are there?", "5.2 Patrols of the pier go on."),
        ("Who is the commissioner?", "The commissioner will hold patrols to account."),
    ],
)
def test_what_is_not_told_is_refused(question: str, sentence: str) -> None:
    assert _best(question, sentence, others={}) is None

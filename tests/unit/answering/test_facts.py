"""The kind of thing that a question asks for, and whether a sentence gives it."""

from __future__ import annotations

import pytest

from service.answering.facts import asked_kind


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

"""Words that every surface shows alike."""

from __future__ import annotations

import pytest

from corpus.models import Basis
from service.labels import shown_verdict
from service.schemas import TopicVerdict, Verdict


@pytest.mark.parametrize(
    ("verdict", "inferred", "words"),
    [
        (Verdict.PRIORITY, False, "Priority"),
        (Verdict.PRIORITY, True, "Priority, in other words"),
        (Verdict.MENTIONED, True, "Mentioned, in other words"),
        (Verdict.NOT_MENTIONED, False, "Not mentioned in the summary"),
    ],
)
def test_a_verdict_that_a_model_told_says_so(verdict: Verdict, inferred: bool, words: str) -> None:
    given = TopicVerdict(
        topic="graffiti",
        area="Northmoor",
        plan_id="p",
        basis=Basis.SUMMARY,
        verdict=verdict,
        inferred=inferred,
    )
    assert shown_verdict(given).words == words

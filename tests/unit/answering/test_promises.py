"""The promises of an answer, on questions that nobody wrote: docs/architecture.md lists them."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.glossary import load_glossary
from service.answering.assistant import Assistant
from service.answering.judge import named
from service.answering.vocabulary import Vocabulary
from service.ports import NoMeanings
from service.schemas import MAX_QUOTE, Answer, AskRequest, Filters, Verdict

_FRAMES = st.sampled_from(
    [
        "Which boroughs prioritise {}?",
        "Which boroughs do not mention {}?",
        "How many plans mention {}?",
        "What does Stockton say about {}?",
        "Compare Hartlepool and Middlesbrough on {}",
        "Does Redcar's plan mention {}?",
        "Who chairs {}?",
        "{}",
    ]
)
_TERMS = st.sampled_from(load_glossary().terms)
_TOPICS = st.one_of(
    _TERMS,
    st.builds("{} and {}".format, _TERMS, _TERMS),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40),
)


@st.composite
def questions(draw: st.DrawFn) -> str:
    asked = draw(_FRAMES).format(draw(_TOPICS))
    return asked if asked.strip() else "?"


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.answer(AskRequest(question=question))


@given(question=questions())
@settings(max_examples=40)
def test_every_citation_can_be_checked(report: Assistant, question: str) -> None:
    answer = ask(report, question)
    for number, citation in enumerate(answer.citations, start=1):
        text = report.engine.text(citation.document_id)
        assert text is not None
        assert text[citation.start : citation.end] == citation.quote
        assert (citation.n, len(citation.quote) <= MAX_QUOTE) == (number, True)
        assert f"start={citation.start}&end={citation.end}" in citation.url
    cited = {int(n) for n in re.findall(r"\[(\d+)\]", re.sub(r"“[^”]*”", "", answer.text))}
    assert cited <= {citation.n for citation in answer.citations}


@given(question=questions())
@settings(max_examples=40)
def test_nobody_is_left_out(report: Assistant, question: str) -> None:
    answer = ask(report, question)
    for topic in {verdict.topic for verdict in answer.verdicts}:
        judged = [v.area for v in answer.verdicts if v.topic == topic and v.plan_id]
        assert sorted(judged) == sorted(answer.scope.areas)
        assert len(judged) == answer.scope.plans_in_scope


@given(question=questions())
@settings(max_examples=40)
def test_absence_is_shown_and_related_is_not_named(report: Assistant, question: str) -> None:
    answer = ask(report, question)
    for verdict in answer.verdicts:
        if verdict.verdict is Verdict.NOT_MENTIONED:
            assert verdict.terms_tried
            # A passage that is evidence, of a fact or another topic, isn't shown a second time.
            evidence = re.search(r"\[\d+\]", answer.text) or any(
                other.citations for other in answer.verdicts if other.plan_id == verdict.plan_id
            )
            assert verdict.nearest or evidence
        assert bool(verdict.citations) <= verdict.verdict.is_named
        assert not set(verdict.citations) & set(verdict.nearest)


@given(question=questions())
@settings(max_examples=40)
def test_a_refusal_claims_nothing(report: Assistant, question: str) -> None:
    answer = ask(report, question)
    if not answer.answerable:
        assert answer.areas == ()
        assert not re.search(r"\[\d+\]", answer.text)


@given(question=questions())
@settings(max_examples=20)
def test_the_same_question_gives_the_same_bytes(report: Assistant, question: str) -> None:
    first, second = ask(report, question), ask(report, question)
    assert first.model_dump(exclude={"took_ms"}) == second.model_dump(exclude={"took_ms"})


@given(topic=_TERMS)
@settings(max_examples=40)
def test_judging_every_passage_finds_no_more_than_the_board(report: Assistant, topic: str) -> None:
    """The board looks only at passages that hold a topic's words: a differential test of that."""
    vocabulary = Vocabulary(load_glossary(), NoMeanings(), lambda _: False)
    asked = vocabulary.topic(topic)
    if asked is None:
        return
    board = report.board(topic, Filters())
    found = {v.area for v in board.verdicts if v.verdict.is_named}
    everywhere = {
        passage.area
        for document in report.engine.documents()
        for passage in report.engine.passages(document.id)
        if passage.plan_id and any(f.verdict.is_named for f in named(asked, passage))
    }
    assert everywhere == found

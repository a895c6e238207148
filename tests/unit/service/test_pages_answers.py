"""An answer laid out, taken away and followed up."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from service.archive import Given
from service.queries import AskBody
from service.schemas import MAX_HISTORY, Answer, AskRequest, Filters, Intent, Turn
from service.web import wording
from service.web.answers import Quotation, view
from service.web.conversation import followed, ids_after, turns
from service.web.exports import MARKDOWN, TEXT, escaped, export
from tests.unit.service.stand_ins import held

PLANS = held().engine.plans()


def answer(**changed: object) -> Answer:
    made = held().answer(AskRequest(question="metal theft"))
    return made.model_copy(update=changed)


def test_the_direct_sentence_comes_without_the_count_of_plans() -> None:
    text = "4 of 4 plans read. 2 name it.\nStockton: a priority. [1]"
    shown = view(answer(text=text, verdicts=()), PLANS)
    assert shown.direct == "2 name it."
    assert [str(line) for line in shown.said] == [
        'Stockton: a priority. <a href="#citation-1">[1]</a>'
    ]


def test_a_text_that_is_the_count_alone_is_shown() -> None:
    assert view(answer(text="4 of 4 plans read."), PLANS).direct == "4 of 4 plans read"


def test_what_is_quoted_keeps_to_itself_and_its_numbers_are_no_citations() -> None:
    shown = view(answer(text="Stockton: “as <i>they</i> said [7] in [1]” [1]"), PLANS)
    assert shown.direct == (
        "Stockton: <bdi>“as &lt;i&gt;they&lt;/i&gt; said [7] in [1]”</bdi> "
        '<a href="#citation-1">[1]</a>'
    )


def test_a_list_is_shown_as_quotations_with_their_sources() -> None:
    given = answer()
    first = given.citations[0]
    listed = given.model_copy(
        update={"text": f"Priorities (1):\n“{first.quote}” [1]", "verdicts": ()}
    )
    (line,) = view(listed, PLANS).said
    assert isinstance(line, Quotation)
    assert line.link == (
        f"/documents/{first.document_id}?start={first.start}&end={first.end}&answer=a1&n=1#lit"
    )


def test_a_quotation_over_several_lines_is_shown_whole() -> None:
    given = answer()
    torn = given.citations[0].model_copy(update={"quote": "PRIORITY ONE\nBURGLARY"})
    text = f"4 of 4 plans read. Priorities (1):\n“{torn.quote}” [1]"
    listed = given.model_copy(update={"text": text, "verdicts": (), "citations": (torn,)})
    shown = view(listed, PLANS)
    assert shown.direct == "Priorities (1):"
    assert [line.citation.quote for line in shown.said] == [torn.quote]
    assert "“PRIORITY ONE BURGLARY” [1]" in export(listed, {}, "", TEXT)


def test_a_citation_shown_twice_is_anchored_once() -> None:
    given = answer()
    twice = given.model_copy(update={"verdicts": given.verdicts * 2})
    shown = [q for row in view(twice, PLANS).rows for q in (*row.citations, *row.nearest)]
    anchors = [q.citation.n for q in shown if q.anchored]
    assert sorted(anchors) == sorted({q.citation.n for q in shown})


@pytest.mark.parametrize("intent", [Intent.LOOKUP, Intent.FACT])
def test_areas_stand_above_only_where_they_are_the_answer(intent: Intent) -> None:
    assert view(answer(), PLANS).areas == answer().areas
    assert view(answer(intent=intent), PLANS).areas == ()


def shown_by(markdown: str) -> str:
    """The words that a reader of Markdown sees."""
    return html.unescape(re.sub(r"<[^>]*>", "", MarkdownIt("commonmark").render(markdown)))


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1))
@example("2011. A year")
@example("- 1) -1")
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    assert shown_by(f"x {escaped(text)} x").split() == f"x {text} x".split()
    assert shown_by(escaped(text)).split() == text.split()


@pytest.mark.parametrize("style", [TEXT, MARKDOWN])
def test_an_export_holds_every_verdict_and_every_citation(style: object) -> None:
    made = held()
    given = made.answer(AskRequest(question="metal theft"))
    documents = {each.id: each for each in made.engine.documents()}
    told = export(given, documents, "https://plans.example", style)  # type: ignore[arg-type]
    seen = shown_by(told) if style is MARKDOWN else told
    for verdict in given.verdicts:
        assert f"{verdict.area}: " in seen
    for citation in given.citations:
        assert " ".join(citation.quote.split()) in " ".join(seen.split())
        assert f"https://plans.example{citation.url}" in html.unescape(told)
        assert citation.text_sha256 in seen
    assert "https://plans.example/answers/a1" in told


def follow(before: Given, question: str) -> Given:
    given = answer(id=f"id of {before.asked.question}", question=before.asked.question)
    asked = followed(before, given, question, Filters())
    return Given(b"", asked, ids_after(before, given))


def test_a_conversation_of_any_length_keeps_its_last_turns() -> None:
    at = Given(b"", AskBody(question="q0"))
    for number in range(1, 15):
        at = follow(at, f"q{number}")
    said = turns(at)
    assert len(at.asked.history) == MAX_HISTORY
    assert [turn.question for turn in said] == [f"q{number}" for number in range(4, 14)]
    assert [turn.answer_id for turn in said] == [f"id of q{number}" for number in range(4, 14)]


def test_a_conversation_of_a_program_is_shown_as_it_was_sent() -> None:
    sent = [("user", "first"), ("user", "second"), ("assistant", "said"), ("assistant", "more")]
    history = tuple(Turn(role=role, text=text) for role, text in sent)  # type: ignore[arg-type]
    said = turns(Given(b"", AskRequest(question="x", history=history)))
    assert [turn[:2] for turn in said] == [("first", ""), ("second", "said"), ("", "more")]


@pytest.mark.parametrize(
    ("kind", "topic", "areas", "question"),
    [
        ("mention", "arson", ["Stockton"], "Which areas mention arson?"),
        ("lack", "arson", [], "Which areas do not mention arson?"),
        ("say", "arson", ["Stockton"], "What does Stockton say about arson?"),
        ("compare", "arson", ["A", "B", "C"], "Compare A, B and C on arson"),
        ("list", "", ["Stockton"], "List the priorities of Stockton"),
        ("list", "arson", [], ""),
        ("prioritise", "", ["Stockton"], ""),
    ],
)
def test_a_corrected_reading_is_a_question(
    kind: str, topic: str, areas: list[str], question: str
) -> None:
    assert wording.corrected_question(kind, topic, areas) == question

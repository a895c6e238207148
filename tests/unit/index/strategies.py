"""Inputs for property tests of the index: small corpora, scopes, and models of every kind."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from corpus.ids import passage_id
from corpus.models import (
    Area,
    Document,
    ParsedDocument,
    Passage,
    Period,
    Plan,
    Section,
    Sentence,
    Span,
)
from corpus.query import Clauses, Expression, Form, Term
from corpus.retrieval import Scope
from corpus.words import fold, iter_words, stems
from tests.builders import PlanText, document

AREAS = ("Hartlepool", "Middlesbrough", "Redcar and Cleveland", "Stockton")

# Few words, so that passages share them; repeats, so that scores tie; and words that fold or split.
WORDS = (
    "metal", "theft", "thefts", "burglary", "drugs", "youth", "Cafés", "anti-social", "ASB", "the",
    "of", "children’s", "ﷺ", "２０１１", "n" * 300,
)  # fmt: skip

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
bodies = st.lists(sentences, max_size=2).map(lambda found: ". ".join([*found, ""]).strip())
sections = st.dictionaries(sentences, bodies, max_size=4)
periods = st.one_of(
    st.none(),
    st.tuples(st.integers(2008, 2016), st.integers(0, 3)).map(
        lambda years: Period(start=years[0], end=years[0] + years[1])
    ),
)
plan_texts = st.builds(PlanText, area=st.sampled_from(AREAS), sections=sections, period=periods)


@st.composite
def corpora(draw: st.DrawFn) -> list[ParsedDocument]:
    """Up to three documents with up to three plans each, and sections outside every plan."""
    made = []
    for number in range(draw(st.integers(0, 3))):
        # Two plans of a document for one area and period would be one plan.
        plans = draw(st.lists(plan_texts, max_size=3, unique_by=lambda p: (p.area, p.period)))
        made.append(document(f"{number}.txt", *plans, preface=draw(sections)))
    return made


@st.composite
def scopes(draw: st.DrawFn, documents: Sequence[ParsedDocument]) -> Scope:
    """Any scope over these documents."""
    plans = [plan.id for parsed in documents for plan in parsed.plans]
    documents_of = [parsed.document.id for parsed in documents]
    return Scope(
        areas=draw(st.none() | st.frozensets(st.sampled_from(AREAS), max_size=3)),
        plans=draw(st.none() | st.frozensets(st.sampled_from([*plans, "unknown"]), max_size=4)),
        year=draw(st.none() | st.integers(2007, 2020)),
        outside_plans=draw(st.sampled_from([None, True, False])),
        documents=draw(st.none() | st.frozensets(st.sampled_from([*documents_of, "unknown"]))),
    )


def in_scope(documents: Sequence[ParsedDocument], scope: Scope) -> list[Passage]:
    """The passages that a scope admits, in reading order: the oracle for every retrieval."""
    plans = {plan.id: plan for parsed in documents for plan in parsed.plans}
    return [
        passage
        for parsed in documents
        for passage in parsed.passages
        if (
            scope.sees_outside_plans
            if passage.plan_id is None
            else scope.admits(plans[passage.plan_id])
        )
        and (scope.documents is None or passage.document_id in scope.documents)
    ]


_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(
    lambda words: tuple(part for word in words for part in word.split("-"))
)
terms = st.one_of(
    st.builds(Term, _words, st.sampled_from([Form.ANY, Form.TYPED])),
    st.builds(
        Term,
        st.sampled_from(["th", "theft", "caf", "SOC"]).map(lambda word: (word,)),
        st.just(Form.PREFIX),
    ),
)
expressions: st.SearchStrategy[Expression] = st.recursive(
    terms,
    lambda inner: st.builds(Clauses, *[st.lists(inner, max_size=2).map(tuple) for _ in range(3)]),
    max_leaves=8,
)


def matches(expression: Expression, passage: Passage) -> bool:
    """Whether a passage matches, by searching for strings in strings: the oracle."""
    if isinstance(expression, Term):
        lines = [_line(line, expression.form) for line in (*passage.path, passage.text)]
        return any(_wanted(expression) in line for line in lines)
    if any(matches(part, passage) for part in expression.excluded):
        return False
    if expression.required:
        return all(matches(part, passage) for part in expression.required)
    if expression.optional:
        return any(matches(part, passage) for part in expression.optional)
    return bool(expression.excluded)


def _line(line: str, form: Form) -> str:
    words = [word.stem if form is Form.ANY else word.folded for word in iter_words(line)]
    return "".join(f"|{word}|" for word in words)


def _wanted(term: Term) -> str:
    if term.form is Form.ANY:
        return "".join(f"|{stem}|" for word in term.words for stem in stems(word))
    folded = "".join(f"|{fold(word)}|" for word in term.words)
    return folded.removesuffix("|") if term.form is Form.PREFIX else folded


# Models of any content, for the round trip through the store: no lone surrogates, which no decoded
# file holds, and all else that one may, NUL and private use characters too.
texts = st.text(max_size=30)
spans = st.tuples(st.integers(0, 999), st.integers(0, 999)).map(
    lambda ends: Span(start=min(ends), end=max(ends))
)
any_areas = st.builds(Area, name=st.text(min_size=1, max_size=9), aliases=st.tuples(texts, texts))
any_documents = st.builds(
    Document,
    id=texts,
    title=texts,
    source=texts,
    sha256=texts,
    text_sha256=texts,
    characters=st.integers(0, 10**9),
    pages=st.none() | st.integers(0, 9999),
    publisher=st.none() | texts,
    published=st.none() | st.dates(),
    licence=st.none() | texts,
    origin=st.none() | texts,
)
any_sections = st.builds(
    Section,
    id=texts,
    document_id=texts,
    plan_id=st.none() | texts,
    parent_id=st.none() | texts,
    path=st.lists(texts, max_size=3).map(tuple),
    heading=st.none() | spans,
    span=spans,
)


@st.composite
def any_parsed(draw: st.DrawFn, number: int = 0) -> ParsedDocument:
    """A document of any content whose ids are distinct, as a store wants them."""
    held = draw(any_documents).model_copy(update={"id": f"d{number}"})
    plan = draw(
        st.builds(
            Plan,
            id=st.just(f"p{number}"),
            document_id=st.just(held.id),
            title=texts,
            area=texts,
            partnership=st.none() | texts,
            period=periods,
            span=spans,
        )
    )
    return ParsedDocument(
        document=held,
        text=draw(st.text(max_size=200)),
        plans=(plan,),
        sections=tuple(draw(st.lists(any_sections, max_size=3))),
        passages=tuple(draw(_passage(held.id, plan, at)) for at in range(draw(st.integers(0, 4)))),
    )


@st.composite
def _passage(draw: st.DrawFn, document_id: str, plan: Plan, at: int) -> Passage:
    words = draw(st.text(min_size=1, max_size=50))
    sentence = st.builds(Sentence, start=st.integers(0, 99), end=st.integers(0, 99))
    return draw(
        st.builds(
            Passage,
            id=st.just(passage_id(document_id, Span(start=at, end=at + 1))),
            document_id=st.just(document_id),
            # Plans may be interrupted by passages of none.
            plan_id=st.sampled_from([plan.id, None]),
            section_id=texts,
            area=st.none() | texts,
            path=st.lists(texts, max_size=3).map(tuple),
            page=st.none() | st.integers(1, 999),
            start=st.just(at),
            end=st.just(at + 1),
            text=st.just(words),
            sentences=st.lists(sentence, min_size=1, max_size=3).map(tuple),
        )
    )

"""Every engine behind the port against brute force: the same answers, whichever it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import ParsedDocument, Passage
from corpus.query import NOTHING, Expression, Term, any_word_of, demands
from corpus.retrieval import Hit, Neighbours, Scope
from corpus.words import iter_words, stems
from service.ports import Engine
from tests.builders import document, plan
from tests.engines import ENGINES, AnyEngine, Opened, areas_of, fresh_place, opener
from tests.fakes import FakeEmbedder
from tests.unit.index.strategies import (
    corpora,
    expressions,
    in_scope,
    matches,
    scopes,
    sentences,
)

# Each example publishes a generation of its own, about 20 ms.
few = settings(max_examples=20)

HALF = 1e-3
"""What half precision may cost a cosine."""


def words_of(passage: Passage) -> set[str]:
    return {stem for part in (*passage.path, passage.text) for stem in stems(part)}


def ids(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.passage.id for hit in hits]


def cosines(passages: list[Passage], question: str) -> list[float]:
    embedder = FakeEmbedder()
    made = embedder.embed([passage.embeddable for passage in passages])
    return [float(score) for score in made @ embedder.embed([question])[0]]


@few
@given(st.data(), corpora(), st.lists(st.sets(st.sampled_from(["metal", "theft", "drug", "asb"]))))
def test_containing_is_brute_force_in_reading_order(
    opened: Opened, data: st.DataObject, documents: list[ParsedDocument], clauses: list[set[str]]
) -> None:
    scope = data.draw(scopes(documents))
    expected = [
        passage
        for passage in in_scope(documents, scope)
        if all(words_of(passage) & clause for clause in clauses)
    ]
    engine = opened(documents)
    assert list(engine.containing(clauses, scope)) == expected


@few
@given(
    st.data(),
    corpora(),
    st.lists(
        st.lists(st.sets(st.sampled_from(["metal", "theft", "drug"])), max_size=2), max_size=3
    ),
)
def test_containing_any_is_the_union_of_its_alternatives(
    opened: Opened,
    data: st.DataObject,
    documents: list[ParsedDocument],
    alternatives: list[list[set[str]]],
) -> None:
    scope = data.draw(scopes(documents))
    expected = [
        passage
        for passage in in_scope(documents, scope)
        if any(all(words_of(passage) & clause for clause in each) for each in alternatives)
    ]
    engine = opened(documents)
    assert list(engine.containing_any(alternatives, scope)) == expected


@few
@given(st.data(), corpora(), sentences, st.integers(1, 4))
def test_nearest_per_plan_is_brute_force_for_every_plan_in_scope(
    opened: Opened, data: st.DataObject, documents: list[ParsedDocument], question: str, limit: int
) -> None:
    scope = data.draw(scopes(documents))
    admitted = [plan for parsed in documents for plan in parsed.plans if scope.admits(plan)]
    engine = opened(documents)
    found = engine.nearest_per_plan(engine.embed(question), scope, limit)
    assert set(found) == {plan.id for plan in admitted}
    for plan_id, hits in found.items():
        held = [p for d in documents for p in d.passages if p.plan_id == plan_id]
        best = sorted(cosines(held, question), reverse=True)[:limit]
        assert np.allclose([hit.score for hit in hits], best, atol=HALF)
        by_id = dict(zip([p.id for p in held], cosines(held, question), strict=True))
        assert np.allclose([by_id[name] for name in ids(hits)], best, atol=HALF)


@few
@given(st.data(), corpora(), expressions)
def test_a_search_by_words_is_brute_force(
    opened: Opened, data: st.DataObject, documents: list[ParsedDocument], expression: Expression
) -> None:
    scope = data.draw(scopes(documents))
    expected = [each for each in in_scope(documents, scope) if matches(expression, each)]
    engine = opened(documents)
    found = engine.search(expression, None, scope, 1_000)
    assert engine.count(expression, scope) == found.total == len(expected)
    nowhere = Term(("word", "nobody", "says"))
    stands = engine.standing([nowhere, expression, nowhere], scope)
    assert list(stands) == [False, bool(expected), False]
    assert sorted(ids(found.hits)) == sorted(passage.id for passage in expected)
    assert found.by_plan == Counter(p.plan_id for p in expected if p.plan_id)
    assert found.by_document == Counter(p.document_id for p in expected)


@few
@given(st.data(), corpora(), expressions, sentences)
def test_a_search_by_meaning_finds_all_that_meets_what_is_demanded(
    opened: Opened,
    data: st.DataObject,
    documents: list[ParsedDocument],
    expression: Expression,
    words: str,
) -> None:
    scope = data.draw(scopes(documents))
    demanded = demands(expression)
    expected = [
        each
        for each in in_scope(documents, scope)
        if demanded == NOTHING or matches(demanded, each)
    ]
    engine = opened(documents)
    found = engine.search(expression, engine.embed(words), scope, 1_000)
    assert sorted(ids(found.hits)) == sorted(passage.id for passage in expected)
    assert found.total == len(expected)
    assert found.by_document == Counter(p.document_id for p in expected)


@few
@given(
    corpora(),
    expressions,
    st.none() | sentences,
    st.tuples(st.integers(0, 4), st.integers(0, 6)),
)
def test_a_page_is_a_part_of_the_whole(
    opened: Opened,
    documents: list[ParsedDocument],
    expression: Expression,
    words: str | None,
    cut: tuple[int, int],
) -> None:
    limit, offset = cut
    engine = opened(documents)
    vector = engine.embed(words) if words else None
    whole = engine.search(expression, vector, Scope(), 1_000)
    page = engine.search(expression, vector, Scope(), limit, offset)
    assert page.hits == whole.hits[offset : offset + limit]
    assert (page.total, page.by_plan) == (whole.total, whole.by_plan)
    assert [hit.score for hit in whole.hits] == sorted((h.score for h in whole.hits), reverse=True)


@few
@given(corpora(), st.sampled_from(["t", "th", "a", "x"]))
def test_spellings_are_the_words_of_the_texts(
    opened: Opened, documents: list[ParsedDocument], initial: str
) -> None:
    texts = [passage.text for parsed in documents for passage in parsed.passages]
    words = [word for text in texts for word in {word.folded for word in iter_words(text)}]
    engine = opened(documents)
    assert engine.spellings(initial) == Counter(w for w in words if w.startswith(initial))


@few
@given(corpora())
def test_neighbours_are_those_of_the_document(
    opened: Opened, documents: list[ParsedDocument]
) -> None:
    engine = opened(documents)
    for parsed in documents:
        names = [None, *(each.id for each in parsed.passages), None]
        found = engine.neighbours([name for name in names if name] + ["unknown"])
        assert found == {
            here: Neighbours(before, after)
            for before, here, after in zip(names, names[1:], names[2:], strict=False)
        }


@few
@given(corpora())
def test_what_was_published_is_what_is_read(
    opened: Opened, documents: list[ParsedDocument]
) -> None:
    engine = opened(documents)
    assert engine.documents() == tuple(parsed.document for parsed in documents)
    assert sorted(engine.areas(), key=repr) == sorted(areas_of(documents), key=repr)
    for parsed in documents:
        name = parsed.document.id
        assert engine.document(name) == parsed.document
        assert engine.text(name) == parsed.text
        assert engine.sections(name) == parsed.sections
        assert engine.passages(name) == parsed.passages
        assert all(engine.passage(p.id) == p for p in parsed.passages)


REPORT = document(
    "report.txt",
    plan("Stockton", {"Emerging": "Metal theft is emerging.", "Drugs": "Drug use."}, (2011, 2014)),
    plan("Hartlepool", {"Theft": "Theft fell."}, (2011, 2014)),
    plan("Middlesbrough", {}, (2014, 2017)),
    preface={"Purpose": "To report on metal theft."},
)


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[AnyEngine]:
    with fresh_place(request.param) as place:
        yield opener(place)([REPORT])


def test_it_fulfils_the_port(engine: AnyEngine) -> None:
    port: Engine = engine
    assert port.generation == engine.generation
    assert port.passage_count == 4


def test_a_plan_without_passages_is_in_the_result_with_none(engine: AnyEngine) -> None:
    empty = engine.plans()[1]
    assert empty.area == "Middlesbrough"
    assert engine.nearest_per_plan(engine.embed("theft"), Scope(), 3)[empty.id] == ()


def test_the_areas_results_come_in_the_order_of_the_plans(engine: AnyEngine) -> None:
    found = engine.nearest_per_plan(engine.embed("theft"), Scope(), 3)
    assert list(found) == [held.id for held in engine.plans()]


def test_equal_scores_stand_in_reading_order(opened: Opened) -> None:
    same = {f"Theft {'I' * number}": "Metal theft rose." for number in range(1, 4)}
    engine = opened([document("a.txt", plan("Stockton", same))])
    found = engine.search(Term(("metal",)), None, Scope(), 9)
    starts = [hit.passage.start for hit in found.hits]
    assert starts == sorted(starts)


def test_an_unknown_area_gives_nothing(engine: AnyEngine) -> None:
    scope = Scope(areas=frozenset({"Leeds"}))
    vector = engine.embed("theft")
    assert engine.containing([{"theft"}], scope) == ()
    assert engine.nearest_per_plan(vector, scope, 3) == {}
    for meant in (None, vector):
        assert engine.search(Term(("theft",)), meant, scope, 3).total == 0


def test_a_clause_without_stems_is_met_by_nothing(engine: AnyEngine) -> None:
    assert engine.containing([set()], Scope()) == ()
    assert engine.containing([{"theft"}, set()], Scope()) == ()
    assert len(engine.containing([], Scope())) == 4


def test_headings_count(engine: AnyEngine) -> None:
    assert [p.text for p in engine.containing([{"emerg"}, {"theft"}], Scope())] == [
        "Metal theft is emerging."
    ]
    assert len(engine.containing([{"drug"}], Scope())) == 1


def test_only_function_words_are_a_query_for_them(engine: AnyEngine) -> None:
    found = engine.search(any_word_of("to on"), None, Scope(), 9)
    assert [hit.passage.path for hit in found.hits] == [("Purpose",)]


def test_no_words_at_all_match_nothing(engine: AnyEngine) -> None:
    assert engine.search(any_word_of("?!"), None, Scope(), 9).total == 0


def test_a_hybrid_search_puts_what_both_sides_like_first(engine: AnyEngine) -> None:
    found = engine.search(any_word_of("metal theft"), engine.embed("metal theft"), Scope(), 9)
    assert {hit.passage.text for hit in found.hits[:2]} == {
        "Metal theft is emerging.",
        "To report on metal theft.",
    }
    assert all(0 <= hit.score <= 1 for hit in found.hits)


def test_a_search_by_meaning_counts_at_most_a_thousand(opened: Opened) -> None:
    many = {f"Heading {number}": f"Theft {number}." for number in range(1_100)}
    engine = opened([document("a.txt", plan("Stockton", many))])
    vector = engine.embed("theft")
    word = Term(("theft",))
    for asked, meant, total in (
        (word, None, 1_100),
        (NOTHING, vector, 1_000),
        (word, vector, 1_000),
    ):
        found = engine.search(asked, meant, Scope(), 2_000)
        assert (found.total, len(found.hits)) == (total, total)
        assert sum(found.by_plan.values()) == total
    assert len(engine.containing([{"theft"}], Scope())) == 1_100


def test_threads_share_one_engine(engine: AnyEngine) -> None:
    def ask(number: int) -> object:
        query = ["metal theft", "drug use", "report"][number % 3]
        vector = engine.embed(query)
        return (
            engine.search(any_word_of(query), vector, Scope(), 3),
            engine.nearest_per_plan(vector, Scope(), 2),
            engine.containing([{"theft"}], Scope()),
        )

    alone = [ask(number) for number in range(3)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(300))) == alone * 100

"""Ranking by common words reads a part of what they hold, and gives what reading all gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import ParsedDocument
from corpus.query import Clauses, Expression, Term
from corpus.retrieval import Scope, SearchResult
from index.postgres import bm25, pruning
from index.postgres.engine import PostgresEngine
from tests.builders import document, plan
from tests.engines import ENGINES, AnyEngine, Opened, fresh_place, opener
from tests.unit.index.strategies import corpora, expressions, scopes

BY_LEVEL = patch.multiple(pruning, is_quicker=lambda *_: True, _FIRST=1, _TIMES=1, _GROWTH=2)
WHOLE = patch.object(pruning, "is_quicker", lambda *_: False)


@pytest.fixture(scope="module", params=[each for each in ENGINES if each != "embedded"])
def opened(request: pytest.FixtureRequest) -> Iterator[Opened]:
    with fresh_place(request.param) as made:
        yield opener(made)


def same(one: SearchResult, other: SearchResult) -> None:
    assert [hit.passage.id for hit in one.hits] == [hit.passage.id for hit in other.hits]
    assert np.allclose([h.score for h in one.hits], [h.score for h in other.hits], rtol=1e-6)
    assert one.total == other.total


def both(
    engine: AnyEngine, expression: Expression, scope: Scope, limit: int
) -> tuple[SearchResult, SearchResult]:
    with BY_LEVEL:
        by_level = engine.search(expression, None, scope, limit)
    with WHOLE:
        return by_level, engine.search(expression, None, scope, limit)


@settings(max_examples=40)
@given(st.data(), corpora(), expressions, st.integers(0, 4))
def test_any_expression_ranks_as_if_all_were_read(
    opened: Opened,
    data: st.DataObject,
    documents: list[ParsedDocument],
    expression: Expression,
    limit: int,
) -> None:
    scope = data.draw(scopes(documents))
    same(*both(opened(documents), expression, scope, limit))


@settings(max_examples=20)
@given(st.data(), corpora(), expressions, st.integers(1, 4))
def test_rows_scored_one_by_one_rank_as_joined(
    opened: Opened,
    data: st.DataObject,
    documents: list[ParsedDocument],
    expression: Expression,
    limit: int,
) -> None:
    scope, engine = data.draw(scopes(documents)), opened(documents)
    assert isinstance(engine, PostgresEngine)
    joined = engine.search(expression, None, scope, limit)
    # As a cluster does, where an expression has brackets.
    distributed = replace(engine._catalogue, distributed=True)
    with patch.object(engine._searches, "_catalogue", distributed):
        same(joined, engine.search(expression, None, scope, limit))


def many() -> list[ParsedDocument]:
    """Passages of all lengths with one or both of two words, said once or several times."""
    return [
        document(
            f"{area}.txt",
            plan(
                area,
                {
                    f"Part {n}": f"{'theft ' * (n % 4 + 1)}{'word ' * (n * 7 % 31)}"
                    f"{'metal ' * (n % 3)}{'rare ' if n == 11 else ''}end."
                    for n in range(150)
                },
            ),
        )
        for area in ("Aldham", "Barsham")
    ]


def test_what_is_read_is_less_than_all(opened: Opened) -> None:
    engine = opened(many())
    assert isinstance(engine, PostgresEngine)
    whole: list[bool] = []

    class Watched(pruning.Lists):
        def read_on(self, postings: float) -> None:
            super().read_on(postings)
            whole.append(self.whole)

    theft, metal, rare = (Term((word,)) for word in ("theft", "metal", "rare"))
    for expression in (theft, Clauses(optional=(theft, rare))):
        with patch.object(pruning, "Lists", Watched):
            same(*both(engine, expression, Scope(), 2))
        assert not whole.pop()
    same(*both(engine, Clauses(required=(theft, metal)), Scope(), 2))
    same(*both(engine, Clauses((theft,), (rare,), (metal,)), Scope(), 2))


def test_levels_hold_what_is_said_of_them() -> None:
    for field, average in ((0, 3.0), (0, 20.0), (1, 9.5), (1, 200.0)):
        most, dampers = bm25.most_of_levels(field, average), bm25.dampers(average)
        for frequency in (1, 2, 3, 9, 400):
            for length in (1, 7, 40, 41, 333, 5_000):
                told = min(frequency, bm25.MOST)
                added = told / (told + dampers[bm25.norm(length)])
                assert added <= most[bm25.level(field, frequency, length)]

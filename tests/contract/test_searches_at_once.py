"""Many searches at once share the threads and the connections of one database."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest

from corpus.query import any_word_of
from corpus.retrieval import Scope, SearchResult
from index.postgres import database as databases
from index.postgres.database import Database, Row
from index.postgres.engine import PostgresEngine
from index.postgres.place import DatabasePlace
from index.postgres.searching import Searches
from tests.engines import fresh_database
from tests.fakes import FakeEmbedder
from tests.publications import put, report

AT_ONCE = 16
THEFT = any_word_of("metal theft")


@pytest.fixture(scope="module")
def url() -> str:
    """The address of a database with a generation."""
    address = fresh_database()
    database = Database(address)
    put(DatabasePlace(database), report(1))
    database.close()
    return address


@pytest.fixture
def engine(url: str) -> Iterator[PostgresEngine]:
    database = Database(url)
    yield DatabasePlace(database).open_current(FakeEmbedder(), chunker_version="1")
    database.close()


def searched(engine: PostgresEngine, number: int) -> SearchResult:
    """Every other search is by meaning too."""
    vector = engine.embed("theft") if number % 2 else None
    return engine.search(THEFT, vector, Scope(), 5)


def many(engine: PostgresEngine, searches: int) -> list[SearchResult]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda number: searched(engine, number), range(searches)))


def test_as_many_searches_have_both_their_questions_under_way(engine: PostgresEngine) -> None:
    met = threading.Barrier(2 * AT_ONCE, timeout=30)

    def meet(searches: Searches) -> None:
        with searches._reading.database.connection():
            met.wait()

    def tally(searches: Searches, *_: object) -> Counter[tuple[int, int]]:
        meet(searches)
        return Counter()

    def ranked(searches: Searches, *_: object) -> list[Row]:
        meet(searches)
        return []

    with (
        patch.multiple(Searches, _tally=tally, _ranked=ranked),
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):
        found = [threads.submit(engine.search, THEFT, None, Scope(), 5) for _ in range(AT_ONCE)]
        assert [each.result().total for each in found] == [0] * AT_ONCE


def test_more_searches_than_connections_all_answer(url: str) -> None:
    """Of one connection and one thread beside, whoever held one and waited would wait for ever."""
    with patch.multiple(databases, _CONNECTIONS=1, _BESIDE=1):
        database = Database(url)
    try:
        engine = DatabasePlace(database).open_current(FakeEmbedder(), chunker_version="1")
        alone = [searched(engine, number) for number in range(2)]
        assert many(engine, AT_ONCE) == alone * (AT_ONCE // 2)
    finally:
        database.close()


def test_a_search_makes_no_thread_of_its_own(engine: PostgresEngine) -> None:
    names: set[str] = set()

    def named(ask: Callable[..., object]) -> Callable[..., object]:
        def asked(*given: object) -> object:
            names.add(threading.current_thread().name)
            return ask(*given)

        return asked

    near, tally = named(Searches._near), named(Searches._tally)
    with patch.multiple(Searches, _near=near, _tally=tally):
        many(engine, AT_ONCE + 4)
    assert len(names) <= AT_ONCE

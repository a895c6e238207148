"""On a Citus cluster: an area's questions go to its node; a node that is lost is told of.

Only with SAFERPLANS_TEST_CITUS_DSN set, and for what loses a node SAFERPLANS_TEST_CITUS_NODE too
(`tests.engines`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.glossary import load_glossary
from corpus.models import ParsedDocument
from corpus.query import Clauses, Term
from corpus.retrieval import Scope
from index.errors import DatabaseError, PartsLostError
from index.postgres.engine import PostgresEngine
from service.answering.assistant import Assistant
from service.library import Held, Rest
from service.ports import NoMeanings
from service.schemas import AskRequest, Filters, Verdict
from tests.builders import document, plan
from tests.engines import CITUS, NODE, fresh_place, lost_node, opener

AREAS = ("Aldham", "Barsham", "Colney", "Denholm", "Erith", "Fenwick", "Goring", "Hexham")

pytestmark = pytest.mark.skipif(not CITUS, reason="SAFERPLANS_TEST_CITUS_DSN is not set")
loses_a_node = pytest.mark.skipif(not NODE, reason="SAFERPLANS_TEST_CITUS_NODE is not set")


def documents() -> list[ParsedDocument]:
    return [
        document(f"{area}.txt", plan(area, {"Theft": "Metal theft rose.", "Fire": "Arson fell."}))
        for area in AREAS
    ]


@pytest.fixture(scope="module")
def engine() -> Iterator[PostgresEngine]:
    with fresh_place("citus") as place:
        yield opener(place)(documents())


def explained(engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collects, while it is asked, how many nodes' shards each distributed query goes to."""
    tasks: list[int] = []
    ask = engine._reading.rows

    def looked_at(query: str, values: dict) -> list:
        for (line,) in ask(f"EXPLAIN {query}", values):
            if "Task Count:" in line:
                tasks.append(int(line.rpartition(":")[2]))
        return ask(query, values)

    monkeypatch.setattr(engine._reading, "rows", looked_at)
    return tasks


def test_a_question_about_one_area_goes_to_one_shard(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks, one = explained(engine, monkeypatch), Scope(areas=frozenset({"Colney"}))
    theft = Clauses(optional=(Term(("metal",)), Term(("theft", "rose"))))
    assert len(engine.containing([{"theft"}], one)) == 1
    engine.nearest_per_plan(engine.embed("arson"), one, 3)
    assert engine.search(theft, None, one, 10).total == 1
    assert engine.count(theft, one) == 1
    engine.passages(engine.documents()[2].id)
    assert tasks
    assert set(tasks) == {1}


def test_a_board_is_one_query_to_all_nodes(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = explained(engine, monkeypatch)
    nearest = engine.nearest_per_plan(engine.embed("arson"), Scope(), 1)
    assert len(nearest) == len(AREAS)
    shards = len({(name,) for (name,) in engine._reading.rows(
        "SELECT shardid FROM pg_dist_shard WHERE logicalrelid = 'vectors'::regclass", {}
    )})  # fmt: skip
    assert tasks[0] == shards


def held_by(engine: PostgresEngine, rest: Rest) -> Held:
    assistant = Assistant(engine, (), load_glossary(None), NoMeanings())
    return Held(engine, assistant, NoSearch(), rest=rest)


class NoSearch:
    def search(self, _query: object) -> object:
        raise NotImplementedError


@loses_a_node
def test_a_board_without_a_node_says_which_plans_it_could_not_read(engine: PostgresEngine) -> None:
    held = held_by(engine, Rest(lambda lost: held_by(engine.without(lost), Rest())))
    whole = held.board("metal theft", Filters())
    assert [each.verdict for each in whole.verdicts] == [Verdict.PRIORITY] * len(AREAS)
    with lost_node():
        board = held.board("metal theft", Filters())
        answer = held.answer(AskRequest(question="Which areas mention metal theft?"))
        silent = held.board("drones", Filters())
        with pytest.raises(PartsLostError):
            engine.containing([{"theft"}], Scope())
    lost = {each.area for each in board.verdicts if each.verdict is Verdict.UNREADABLE}
    assert 0 < len(lost) < len(AREAS)
    assert lost == set(filter(None, board.lost_areas))
    named = {each.area for each in board.verdicts if each.verdict is Verdict.PRIORITY}
    assert lost | named == set(AREAS)
    assert board.scope.plans_read == len(AREAS) - len(lost)
    assert board.generation != whole.generation
    assert set(answer.areas) == named
    assert "a part of the database is away" in answer.text
    unsure = {each.area for each in silent.verdicts if each.verdict is Verdict.UNREADABLE}
    assert unsure == lost
    held = held_by(engine, Rest())
    assert held.board("metal theft", Filters()).model_dump(exclude={"scope"}) == (
        whole.model_dump(exclude={"scope"})
    )


@loses_a_node
def test_nothing_is_published_in_part_without_a_node() -> None:
    with fresh_place("citus") as place:
        opened = opener(place)
        before = opened(documents()).generation
        more = [*documents(), *(document(f"{a} 2.txt", plan(a, {"X": "More."})) for a in AREAS)]
        with lost_node(), pytest.raises(DatabaseError):
            opened(more)
        assert place.current_id() == before
        assert opened(more).passage_count == 3 * len(AREAS)

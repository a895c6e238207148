"""Connections to the database, and its errors as sentences for a person."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psycopg
from pgvector.psycopg import register_vector
from psycopg import Connection
from psycopg_pool import ConnectionPool, PoolTimeout

from index.errors import DatabaseError
from index.postgres import schema

Row = tuple[Any, ...]
_Asked = TypeVar("_Asked")

_PATIENCE = 10
"""Seconds to wait for a connection."""
_BESIDE = 16
"""Questions that one process asks beside others at once; further ones wait, and hold nothing."""
_CONNECTIONS = 2 * _BESIDE
"""The most of one process: as many searches at once have both their questions under way."""


class Database:
    """A database whose schema is that of this program. Safe to share between threads.

    Connects at the first use, and brings an empty or older schema up to date then.

    Raises:
        DatabaseError: from every method, where the database can't be reached, entered or used.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=_CONNECTIONS,
            open=False,
            timeout=_PATIENCE,
            # Unnamed statements are planned for their values, and pass through pgbouncer.
            kwargs={"autocommit": True, "prepare_threshold": None, "connect_timeout": _PATIENCE},
            configure=register_vector,
            check=ConnectionPool.check_connection,
        )
        self._beside = ThreadPoolExecutor(_BESIDE, thread_name_prefix="beside")
        self._ready = False

    @property
    def name(self) -> str:
        """Host, port and database, as a person may see them: without the password."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname or 'localhost'}{port}{parts.path}"

    @contextmanager
    def connection(self) -> Iterator[Connection[Row]]:
        """A connection that commits each statement by itself."""
        with self.errors():
            self._prepare()
            with self._pool.connection() as connection:
                yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection[Row]]:
        """A connection inside a transaction, committed at the end or else undone."""
        with self.connection() as connection, connection.transaction():
            yield connection

    def rows(self, query: str, values: Mapping[str, Any] | None = None) -> list[Row]:
        """What a query gives."""
        with self.connection() as connection:
            return fetch(connection, query, values)

    def beside(self, ask: Callable[[], _Asked]) -> Future[_Asked]:
        """Asks in another thread, while this one asks something else.

        Whoever waits for what comes of it may hold no connection, nor may `ask` ask beside itself:
        all would wait for the last connection, or the last thread, that they hold themselves.
        """
        return self._beside.submit(ask)

    @contextmanager
    def holding(self, lock: int) -> Iterator[bool]:
        """Holds an advisory lock; False where somebody else has it.

        The server lets go of it when its holder dies.
        """
        with self.connection() as connection:
            held = bool(fetch(connection, f"SELECT pg_try_advisory_lock({lock})")[0][0])
            try:
                yield held
            finally:
                if held:
                    _let_go(connection, lock)

    def close(self) -> None:
        """Lets go of all connections; the database can't be used any more."""
        atexit.unregister(self.close)
        self._pool.close()

    def _prepare(self) -> None:
        if not self._ready:
            schema.bring_up(self.url)
            self._pool.open()
            # A pool that is collected as garbage may be so by a thread of its own, and complains.
            atexit.register(self.close)
            self._ready = True

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turns what goes wrong with the database into a sentence that says what to do."""
        try:
            yield
        except PoolTimeout as error:
            raise DatabaseError(
                f"The database {self.name} gives no connection within {_PATIENCE} seconds: "
                f"see that it runs and that its max_connections suffice."
            ) from error
        except psycopg.Error as error:
            raise DatabaseError(_sentence(error, self.name)) from error


def fetch(
    connection: Connection[Row], query: str, values: Mapping[str, Any] | None = None
) -> list[Row]:
    """What a query gives on this connection."""
    return connection.execute(query, values).fetchall()


def _let_go(connection: Connection[Row], lock: int) -> None:
    """Lets go of an advisory lock. What was done under it is done, so no failure is told."""
    try:
        connection.execute(f"SELECT pg_advisory_unlock({lock})")
    except psycopg.Error:
        connection.close()  # the lock goes with it


def _sentence(error: psycopg.Error, name: str) -> str:
    """What went wrong, for a person."""
    words = str(error).strip().splitlines() or [type(error).__name__]
    if "password" in words[-1] and isinstance(error, psycopg.OperationalError):
        return f"The database {name} refuses the user or the password: mend SAFERPLANS_ENGINE."
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return (
            f"The database {name} is a replica, which nothing can be written to: name the primary "
            f"in SAFERPLANS_ENGINE."
        )
    if 'extension "vector"' in str(error) or 'type "vector"' in str(error):
        return (
            f"The database {name} lacks the extension vector (pgvector 0.8 or later): install it "
            f"on the server, or have its administrator run CREATE EXTENSION vector."
        )
    if isinstance(error, psycopg.OperationalError):
        return (
            f"The database {name} can't be reached ({words[-1].strip()}): see that it runs, and "
            f"that SAFERPLANS_ENGINE names it."
        )
    return f"The database {name} failed ({words[0].strip()}): see its log, then run this again."

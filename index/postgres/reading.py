"""Asks for rows of one generation, and tells of areas of it that are lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from psycopg import Connection

from index.errors import BrokenGenerationError, DatabaseError, PartsLostError
from index.postgres.catalogue import Catalogue
from index.postgres.cluster import lost_areas
from index.postgres.database import Database, Row, fetch

_THERE = "SELECT 1 FROM generations WHERE id = %(id)s"


class Reading:
    """A generation in a database, as all that read from it share it. Safe between threads.

    Raises:
        BrokenGenerationError: it has been removed since: from every method.
        PartsLostError: areas that weren't known to be lost are.
        DatabaseError: the database can't be used.
    """

    def __init__(self, database: Database, catalogue: Catalogue) -> None:
        self.database = database
        self.catalogue = catalogue
        self._id = {"id": catalogue.generation}

    def rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        """What a query gives."""
        with self._reaching(), self.database.connection() as connection:
            with connection.pipeline():  # one way there and back for both
                # In binary, so that bytes aren't written as text and read again.
                asked = connection.execute(query, values, binary=True)
                there = connection.execute(_THERE, self._id)
            found, kept = asked.fetchall(), there.fetchall()
        self._refuse_removed(kept)
        return found

    @contextmanager
    def transaction(self) -> Iterator[Connection[Row]]:
        """A transaction; what it gave may be used once it has ended well."""
        with self._reaching(), self.database.transaction() as connection:
            yield connection
            kept = fetch(connection, _THERE, self._id)
        self._refuse_removed(kept)

    def _refuse_removed(self, kept: list[Row]) -> None:
        """Refuses where `_THERE` found nothing: some of what was read before it may be missing."""
        if not kept:
            raise BrokenGenerationError(
                f"The index {self.catalogue.generation} was removed from {self.database.name}, "
                f"since two newer ones have been published: ask again."
            )

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        """Tells of the areas that are lost, where nodes of a cluster are what a question fails of.

        Raises:
            PartsLostError: areas that weren't known to be lost are.
        """
        try:
            yield
        except DatabaseError as error:
            with self.database.connection() as connection:
                lost = lost_areas(connection, self.catalogue.every_area())
            if lost <= self.catalogue.lost:
                raise
            raise PartsLostError(str(error), lost) from error

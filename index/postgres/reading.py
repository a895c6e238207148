"""Asks for rows of one generation, and tells of areas of it that are lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from index.errors import BrokenGenerationError, DatabaseError, PartsLostError
from index.postgres.catalogue import Catalogue
from index.postgres.cluster import lost_areas
from index.postgres.database import Database, Row


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

    def rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        """What a query gives, if the generation still is there: else some of it may be missing."""
        generation = self.catalogue.generation
        with self.reaching(), self.database.connection() as connection:
            with connection.pipeline():  # one way there and back for both
                # In binary, so that bytes aren't written as text and read again.
                asked = connection.execute(query, values, binary=True)
                there = connection.execute(
                    "SELECT 1 FROM generations WHERE id = %(id)s", {"id": generation}
                )
            found, kept = asked.fetchall(), there.fetchall()
        if not kept:
            raise BrokenGenerationError(
                f"The index {generation} was removed from {self.database.name}, since two "
                f"newer ones have been published: ask again."
            )
        return found

    @contextmanager
    def reaching(self) -> Iterator[None]:
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

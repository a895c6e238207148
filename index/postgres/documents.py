"""The documents of a generation: texts, sections and plans, the recent ones kept."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from corpus.models import Plan, Section
from index.postgres.reading import Reading

_KEPT = 64


class Documents:
    """Reads documents. Safe to share between threads."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.text = lru_cache(maxsize=_KEPT)(self._text)
        """The canonical text of a document by its id, or None."""
        self.sections = lru_cache(maxsize=_KEPT)(self._sections)
        """The sections of a document by its id, in reading order; empty for an unknown one."""

    def plans(self, document_id: str) -> tuple[Plan, ...]:
        """The plans of a document that is held, as they were ingested."""
        catalogue = self._reading.catalogue
        revision = catalogue.revisions[catalogue.number_of[document_id]].number
        query = "SELECT plans FROM heads WHERE revision = %(revision)s"
        found = self._reading.rows(query, {"revision": revision})
        return tuple(map(Plan.model_validate, json.loads(found[0][0])))

    def _text(self, document_id: str) -> str | None:
        found = self._of_document("content", document_id)
        return None if found is None else bytes(found).decode()

    def _sections(self, document_id: str) -> tuple[Section, ...]:
        found = self._of_document("sections", document_id)
        return () if found is None else tuple(map(Section.model_validate, json.loads(found)))

    def _of_document(self, column: str, document_id: str) -> Any:
        catalogue = self._reading.catalogue
        number = catalogue.number_of.get(document_id)
        if number is None:
            return None
        area, revision = catalogue.revisions[number]
        query = f"SELECT {column} FROM documents WHERE area = %(area)s AND revision = %(revision)s"
        return self._reading.rows(query, {"area": area, "revision": revision})[0][0]

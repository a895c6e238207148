"""The corpus of one generation in one SQLite file: written once, then only read.

Each model stands as JSON beside the columns that it is looked up by, so a field added to a model
needs no change here. A passage's row number is its place in the vectors and in the keyword index:
rows run through the documents in order of ingest and through each in reading order.
"""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from corpus.models import Area, Document, Origin, ParsedDocument, Passage, Plan, Section
from corpus.prominence import prominence_of
from corpus.retrieval import Neighbours

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    first_row INTEGER NOT NULL, end_row INTEGER NOT NULL, body TEXT NOT NULL, origin TEXT NOT NULL
);
CREATE TABLE texts (document INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE areas (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE plans (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE sections (
    number INTEGER PRIMARY KEY, document INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX sections_of_document ON sections (document);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, digest BLOB NOT NULL
);
CREATE TABLE runs (first_row INTEGER PRIMARY KEY, end_row INTEGER NOT NULL, plan INTEGER NOT NULL);
CREATE TABLE sentences (of_rows BLOB NOT NULL, prominence BLOB NOT NULL);
"""

OUTSIDE = -1
"""Stands for the plan's number where a passage belongs to none."""

_PASSAGES_KEPT = 10_000
"""Decoded passages kept in memory: about 40 MB of them at 4 KB each."""

_DOCUMENTS_KEPT = 64
"""Documents whose text, and whose sections, are kept in memory."""


class Run(NamedTuple):
    """Rows `[first, end)` that all belong to the plan of this number, or to none (`OUTSIDE`)."""

    first: int
    end: int
    plan: int


def plans_in_order(documents: Iterable[ParsedDocument]) -> tuple[Plan, ...]:
    """All plans by area and period; the place of one is its number."""
    return in_plan_order(plan for parsed in documents for plan in parsed.plans)


def in_plan_order(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """Plans by area and period."""
    return tuple(sorted(plans, key=_area_and_period))


def _area_and_period(plan: Plan) -> tuple[str, int, int, str]:
    start, end = (plan.period.start, plan.period.end) if plan.period else (0, 0)
    return plan.area, start, end, plan.id


def passages_in_order(documents: Iterable[ParsedDocument]) -> Iterator[Passage]:
    """All passages by row."""
    return (passage for parsed in documents for passage in parsed.passages)


def text_digest(text: str) -> bytes:
    """Names a text that is embedded: equal texts, equal digests."""
    return hashlib.sha256(text.encode()).digest()


def write(path: Path, documents: Sequence[ParsedDocument], areas: Iterable[Area]) -> None:
    """Writes a new store; ids must be distinct and every plan named by a passage among the plans.

    Raises:
        OSError: the disk is full, or can't be written.
    """
    try:
        with closing(sqlite3.connect(path)) as database:
            # The file counts only once it is whole, synced and published with its generation.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.executescript(_SCHEMA)
            _insert(database, documents, areas)
            database.commit()
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error), str(path)) from error


def _insert(
    database: sqlite3.Connection, documents: Sequence[ParsedDocument], areas: Iterable[Area]
) -> None:
    plans = plans_in_order(documents)
    by_name = sorted(areas, key=lambda area: area.name)
    insert = database.executemany
    insert("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", _document_rows(documents))
    insert("INSERT INTO texts VALUES (?, ?)", ((n, d.text) for n, d in enumerate(documents)))
    insert("INSERT INTO areas VALUES (?, ?)", _numbered(by_name))
    insert("INSERT INTO plans VALUES (?, ?)", _numbered(plans))
    insert("INSERT INTO sections (document, body) VALUES (?, ?)", _section_rows(documents))
    insert("INSERT INTO passages VALUES (?, ?, ?, ?)", _passage_rows(documents))
    insert("INSERT INTO runs VALUES (?, ?, ?)", _runs(documents, plans))
    passages = list(passages_in_order(documents))
    of_rows = np.array([len(passage.sentences) for passage in passages], dtype="<u4")
    prominence = bytes(prominence_of(each, said) for each in passages for said in each.sentences)
    database.execute("INSERT INTO sentences VALUES (?, ?)", (of_rows.tobytes(), prominence))


def _document_rows(
    documents: Sequence[ParsedDocument],
) -> Iterator[tuple[int, str, int, int, str, str]]:
    first = 0
    for number, parsed in enumerate(documents):
        end = first + len(parsed.passages)
        body = parsed.document.model_dump_json()
        yield number, parsed.document.id, first, end, body, parsed.origin.model_dump_json()
        first = end


def _numbered(models: Iterable[Area] | Iterable[Plan]) -> Iterator[tuple[int, str]]:
    return ((number, model.model_dump_json()) for number, model in enumerate(models))


def _section_rows(documents: Sequence[ParsedDocument]) -> Iterator[tuple[int, str]]:
    for number, parsed in enumerate(documents):
        yield from ((number, section.model_dump_json()) for section in parsed.sections)


def _passage_rows(documents: Sequence[ParsedDocument]) -> Iterator[tuple[int, str, str, bytes]]:
    for row, passage in enumerate(passages_in_order(documents)):
        yield row, passage.id, passage.model_dump_json(), text_digest(passage.embeddable)


def _runs(documents: Sequence[ParsedDocument], plans: Sequence[Plan]) -> Iterator[Run]:
    numbers = {plan.id: number for number, plan in enumerate(plans)}
    first = 0
    for plan, rows in groupby(passage.plan_id for passage in passages_in_order(documents)):
        end = first + sum(1 for _ in rows)
        yield Run(first, end, OUTSIDE if plan is None else numbers[plan])
        first = end


class Store:
    """A store open for reading. Safe to share between threads; holds the file open.

    Raises:
        sqlite3.DatabaseError: the file is no store.
    """

    def __init__(self, path: Path) -> None:
        # Immutable: no locks and no journal, so it opens on a read-only file system too.
        uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = Lock()
        self.areas = tuple(map(Area.model_validate_json, self._bodies("areas")))
        self.plans = tuple(map(Plan.model_validate_json, self._bodies("plans")))
        self.documents = tuple(map(Document.model_validate_json, self._bodies("documents")))
        self._documents = {document.id: document for document in self.documents}
        self.runs = tuple(map(Run._make, self._all("SELECT * FROM runs ORDER BY first_row")))
        self.passage_count = self.runs[-1].end if self.runs else 0
        ((of_rows, prominence),) = self._all("SELECT of_rows, prominence FROM sentences")
        self.sentences_of_row: NDArray[np.uint32] = np.frombuffer(of_rows, dtype="<u4")
        self.prominence: NDArray[np.uint8] = np.frombuffer(prominence, dtype=np.uint8)
        self._kept: dict[int, Passage] = {}
        self.text = lru_cache(maxsize=_DOCUMENTS_KEPT)(self._text)
        self.sections = lru_cache(maxsize=_DOCUMENTS_KEPT)(self._sections)

    def document(self, document_id: str) -> Document | None:
        """One document, or None."""
        return self._documents.get(document_id)

    def rows(self, document_id: str) -> range:
        """The rows of a document's passages; empty for an unknown document."""
        found = self._all("SELECT first_row, end_row FROM documents WHERE id = ?", document_id)
        return range(*found[0]) if found else range(0)

    def row(self, passage_id: str) -> int | None:
        """The row of a passage, or None for an unknown one."""
        found = self._all("SELECT row FROM passages WHERE id = ?", passage_id)
        return found[0][0] if found else None

    def text_digests(self) -> dict[bytes, int]:
        """A row for each distinct text that is embedded, by the text's digest."""
        return dict(self._all("SELECT digest, row FROM passages"))

    def origins(self) -> dict[str, Origin]:
        """How each document came to be held, by its id."""
        found: list[tuple[str, str]] = self._all("SELECT id, origin FROM documents")
        return {name: Origin.model_validate_json(body) for name, body in found}

    def neighbours(self, passage_ids: Sequence[str]) -> dict[str, Neighbours]:
        """By id, which passages stand before and after each in its document; one query for all."""
        query = (
            "SELECT p.id, before.id, after.id FROM passages p"
            " JOIN documents d ON p.row >= d.first_row AND p.row < d.end_row"
            " LEFT JOIN passages before ON before.row = p.row - 1 AND before.row >= d.first_row"
            " LEFT JOIN passages after ON after.row = p.row + 1 AND after.row < d.end_row"
            " WHERE p.id IN (SELECT value FROM json_each(?))"
        )
        found = self._all(query, json.dumps(list(passage_ids)))
        return {passage: Neighbours(before, after) for passage, before, after in found}

    def passages(self, rows: Sequence[int]) -> tuple[Passage, ...]:
        """The passages in these rows, one query for all.

        Raises:
            KeyError: there is no such row.
        """
        kept = self._kept
        found = {row: kept[row] for row in rows if row in kept}
        missing = [row for row in dict.fromkeys(rows) if row not in found]
        if missing:
            query = "SELECT row, body FROM passages WHERE row IN (SELECT value FROM json_each(?))"
            read = self._all(query, json.dumps(missing))
            found |= {row: Passage.model_validate_json(body) for row, body in read}
            if len(kept) + len(read) > _PASSAGES_KEPT:
                kept = self._kept = {}
            kept.update((row, found[row]) for row in missing[:_PASSAGES_KEPT])
        return tuple(found[row] for row in rows)

    def _text(self, document_id: str) -> str | None:
        """The canonical text of a document, or None for an unknown one."""
        query = (
            "SELECT t.body FROM texts t JOIN documents d ON d.number = t.document WHERE d.id = ?"
        )
        found: list[tuple[str]] = self._all(query, document_id)
        return found[0][0] if found else None

    def _sections(self, document_id: str) -> tuple[Section, ...]:
        """The sections of a document in reading order; empty for an unknown one."""
        query = (
            "SELECT s.body FROM sections s JOIN documents d ON d.number = s.document"
            " WHERE d.id = ? ORDER BY s.number"
        )
        return tuple(Section.model_validate_json(body) for (body,) in self._all(query, document_id))

    def _bodies(self, table: str) -> Iterator[str]:
        query = f"SELECT body FROM {table} ORDER BY number"  # noqa: S608 - only our own table names
        return (body for (body,) in self._all(query))

    def _all(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        # One connection behind a lock: its file stays readable after a newer generation has had
        # this one deleted, which a connection made later would not survive.
        with self._lock:
            return self._database.execute(query, values).fetchall()

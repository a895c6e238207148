"""One open generation in the database: the engine behind the service's port.

The same questions give the same answers as the embedded engine's (docs/adr/0020 says how near equal
scores are told apart). What is small is in memory; passages are asked for, and the recent kept.
Each kind of question has its module: documents, passages, boards, searching.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.ids import sha256_hex
from corpus.models import Area, Document, Origin, ParsedDocument, Passage, Plan, Section
from corpus.query import Expression
from corpus.retrieval import Alternatives, Found, Hit, Neighbours, Scope, SearchResult
from index.embedding import Embedder
from index.postgres.boards import Boards
from index.postgres.catalogue import Catalogue, read
from index.postgres.database import Database
from index.postgres.documents import Documents
from index.postgres.lexemes import ALWAYS, tsquery_of_stems
from index.postgres.passages import Passages
from index.postgres.reading import Reading
from index.postgres.revisions import Revision, fingerprint_here
from index.postgres.searching import Searches

_QUESTIONS_KEPT = 1_024


def open_current(database: Database, embedder: Embedder, *, chunker_version: str) -> PostgresEngine:
    """Opens the generation served, after checking that it was made as this run would.

    Raises:
        NoGenerationError: nothing is published here.
        FingerprintMismatchError: it was made by another model, chunker or format.
        BrokenGenerationError: documents of it are missing.
        DatabaseError: the database can't be used.
    """
    catalogue = read(database)
    fingerprint_here(embedder, chunker_version).refuse_other(catalogue.fingerprint, database.name)
    return PostgresEngine(database, catalogue, embedder)


class PostgresEngine:
    """Fulfils `service.ports.Engine`. Safe to share between threads; never changes.

    Once a second newer generation has been published, its own is removed, and it refuses to
    answer rather than answer from what is left.
    """

    def __init__(self, database: Database, catalogue: Catalogue, embedder: Embedder) -> None:
        self._reading = Reading(database, catalogue)
        self._catalogue = catalogue
        self._embedder = embedder
        self._documents = Documents(self._reading)
        self._passages = Passages(self._reading)
        self._boards = Boards(self._reading)
        self._searches = Searches(self._reading, self._passages)
        self._vector_of = lru_cache(maxsize=_QUESTIONS_KEPT)(self._embedded)

    @property
    def generation(self) -> str:
        """The id of the generation served; another one where areas of it are lost."""
        lost = sorted(self._catalogue.lost)
        if not lost:
            return self._catalogue.generation
        return f"{self._catalogue.generation}-{sha256_hex(json.dumps(lost))[:8]}"

    def without(self, lost: frozenset[str]) -> PostgresEngine:
        """The same generation without areas that can't be reached: their plans aren't read."""
        return PostgresEngine(self._reading.database, self._catalogue.without(lost), self._embedder)

    @property
    def lost(self) -> tuple[str, ...]:
        """The areas that can't be reached, by name; `""` stands for what is outside all plans."""
        return tuple(sorted(self._catalogue.lost))

    @property
    def passage_count(self) -> int:
        """How many passages are held."""
        return self._catalogue.counts.passages

    def areas(self) -> tuple[Area, ...]:
        """Every area held, by name."""
        return self._catalogue.areas

    def documents(self) -> tuple[Document, ...]:
        """Every document held, in the order of ingest."""
        return self._catalogue.documents

    def plans(self) -> tuple[Plan, ...]:
        """Every plan held, by area and period."""
        return self._catalogue.plans

    def document(self, document_id: str) -> Document | None:
        """One document, or None."""
        number = self._catalogue.number_of.get(document_id)
        return None if number is None else self._catalogue.documents[number]

    def text(self, document_id: str) -> str | None:
        """The canonical text of a document, or None."""
        return self._documents.text(document_id)

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """The sections of a document in reading order; empty for an unknown one."""
        return self._documents.sections(document_id)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order; empty for an unknown one."""
        if document_id not in self._catalogue.number_of:
            return ()
        return self._passages.matching(ALWAYS, self._catalogue.within_documents([document_id]))

    def passage(self, passage_id: str) -> Passage | None:
        """One passage, or None."""
        return self._passages.by_id(passage_id)

    def origins(self) -> Mapping[str, Origin]:
        """How each document came to be held, by its id."""
        return self._catalogue.origins

    def revision(self, document_id: str) -> Revision:
        """What a document is held as; KeyError where it isn't."""
        return self._catalogue.revisions[self._catalogue.number_of[document_id]]

    def parsed(self, document: Document, origin: Origin) -> ParsedDocument:
        """What is held of a document as it was ingested, under this name and origin.

        Raises:
            KeyError: it isn't held.
        """
        text = self.text(document.id)
        if text is None:
            raise KeyError(document.id)
        return ParsedDocument(
            document=document,
            text=text,
            plans=self._documents.plans(document.id),
            sections=self.sections(document.id),
            passages=self.passages(document.id),
            origin=origin,
        )

    def embed(self, text: str) -> NDArray[np.float32]:
        """The vector of a question: shape (dimension,), unit norm, read-only."""
        return self._vector_of(text)

    def containing(self, clauses: Sequence[Collection[str]], scope: Scope) -> tuple[Passage, ...]:
        """Every passage in scope that meets all clauses, in reading order: never a top-k cut."""
        return self.containing_any([clauses], scope)

    def containing_any(
        self, alternatives: Sequence[Sequence[Collection[str]]], scope: Scope
    ) -> tuple[Passage, ...]:
        """Every passage in scope that meets all clauses of at least one alternative, as above."""
        within = self._catalogue.within(scope)
        return self._passages.matching(tsquery_of_stems(alternatives), within)

    def sentences(self, alone: Alternatives, leaning: Alternatives, scope: Scope) -> Found:
        """Every sentence in scope that meets all clauses of at least one alternative.

        Those of `alone` have to be met in the sentence, those of `leaning` there or in the headings
        above it.
        """
        return self._boards.sentences(alone, leaning, scope)

    def whole(self, places: Sequence[int]) -> Found:
        """All sentences of the passages at these places, in their order."""
        return self._boards.whole(places)

    def read(self, places: Sequence[int]) -> tuple[Passage, ...]:
        """The passages at these places, as `sentences` gives them."""
        return self._passages.at(places)

    def nearest_per_plan(
        self, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> Mapping[str, tuple[Hit, ...]]:
        """For each plan in scope, by id, its `limit` passages nearest in meaning, best first.

        One query for all; exact. A plan without passages is there too, with none.
        """
        plans, found = self._boards.nearest(vector, scope, limit)
        hits: dict[int, list[Hit]] = {number: [] for number in plans}
        for hit, row in zip(self._searches.hits(found), found, strict=True):
            hits[row[2]].append(hit)
        return {self._catalogue.plans[number].id: tuple(held) for number, held in hits.items()}

    def nearest_places(
        self, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> Mapping[str, Sequence[int]]:
        """The places of the same passages, unread."""
        plans, found = self._boards.nearest(vector, scope, limit)
        places: dict[int, list[int]] = {number: [] for number in plans}
        for document, ordinal, plan, *_ in found:
            places[plan].append(int(self._catalogue.first_places[document]) + ordinal)
        return {self._catalogue.plans[number].id: held for number, held in places.items()}

    def search(
        self,
        expression: Expression,
        vector: NDArray[np.float32] | None,
        scope: Scope,
        limit: int,
        offset: int = 0,
    ) -> SearchResult:
        """The `limit` passages in scope from `offset` on, best first.

        As the embedded engine's: without a vector, of all that match, by their words; with one, of
        the candidates by meaning and by words.
        """
        if vector is None:
            return self._searches.by_words(expression, scope, limit, offset)
        return self._searches.by_both(expression, vector, scope, limit, offset)

    def count(self, expression: Expression, scope: Scope) -> int:
        """How many passages in scope match."""
        return self._searches.count(expression, scope)

    def standing(self, expressions: Sequence[Expression], scope: Scope) -> Sequence[bool]:
        """Of each expression whether any passage in scope matches it."""
        return self._searches.standing(expressions, scope)

    def neighbours(self, passage_ids: Sequence[str]) -> Mapping[str, Neighbours]:
        """By id, which passages stand before and after each; unknown ones are left out."""
        return self._passages.neighbours(passage_ids)

    def spellings(self, initial: str) -> Mapping[str, int]:
        """The folded words of the passages that begin so, and how many passages have each."""
        return self._searches.spellings(initial)

    def _embedded(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder.embed([text])[0]
        vector.flags.writeable = False
        return vector

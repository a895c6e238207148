"""One open generation in the database, searched: the engine behind the service's port.

The same questions give the same answers as the embedded engine's (docs/adr/0020 says how near equal
scores are told apart). What is small is in memory; passages are asked for, and the recent kept.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.ids import sha256_hex
from corpus.lines import Lines, lines_of
from corpus.models import Area, Document, Origin, ParsedDocument, Passage, Plan, Section
from corpus.prominence import prominence_of
from corpus.query import NOTHING, Expression, demands
from corpus.retrieval import Alternatives, Hit, Neighbours, Scope, SearchResult
from corpus.retrieval import Found as FoundSentences
from index.embedding import Embedder
from index.errors import BrokenGenerationError, DatabaseError, PartsLostError
from index.manifest import fingerprint_of
from index.postgres import nearest, pruning, ranking
from index.postgres.asking import ROW, Found, conditions, held_in, matching, matching_any, values
from index.postgres.catalogue import Catalogue, Within, read
from index.postgres.cluster import lost_areas
from index.postgres.database import Database, Row
from index.postgres.lexemes import ALWAYS, NEVER, tsquery, tsquery_of_stems
from index.postgres.nearest import CANDIDATES
from index.postgres.passages import Passages
from index.postgres.storing import OUTSIDE, Revision
from index.ranking import fused

_MOST_SENTENCES = 1 << 16
"""More than a passage has: numbers of sentences in reading order have gaps."""
_FEW = 1_000
"""Passages in scope up to which each sentence is looked at; so many take as long as a look-up."""
_QUESTIONS_KEPT = 1_024
_COUNTS_KEPT = 4_096
_DOCUMENTS_KEPT = 64
_WORDS_KEPT = 4_096
"""Words whose rarity is kept in memory."""


def open_current(database: Database, embedder: Embedder, *, chunker_version: str) -> PostgresEngine:
    """Opens the generation served, after checking that it was made as this run would.

    Raises:
        NoGenerationError: nothing is published here.
        FingerprintMismatchError: it was made by another model, chunker or format.
        BrokenGenerationError: documents of it are missing.
        DatabaseError: the database can't be used.
    """
    catalogue = read(database)
    fingerprint_of(embedder, chunker_version).refuse_other(catalogue.fingerprint, database.name)
    return PostgresEngine(database, catalogue, embedder)


class PostgresEngine:
    """Fulfils `service.ports.Engine`. Safe to share between threads; never changes.

    Once a second newer generation has been published, its own is removed, and it refuses to
    answer rather than answer from what is left.
    """

    def __init__(self, database: Database, catalogue: Catalogue, embedder: Embedder) -> None:
        self._database = database
        self._catalogue = catalogue
        self._embedder = embedder
        self._passages = Passages(self._rows, catalogue.areas_of.__getitem__)
        self._vector_of = lru_cache(maxsize=_QUESTIONS_KEPT)(self._embedded)
        self._spellings_of = lru_cache(self._spelled)
        self._containing_of = lru_cache(maxsize=_WORDS_KEPT)(self._counted)
        self._count_of = lru_cache(maxsize=_COUNTS_KEPT)(self._matching)
        self._text_of = lru_cache(maxsize=_DOCUMENTS_KEPT)(self._text)
        self._sections_of = lru_cache(maxsize=_DOCUMENTS_KEPT)(self._sections)

    @property
    def generation(self) -> str:
        """The id of the generation served; another one where areas of it are lost."""
        lost = sorted(self._catalogue.lost)
        if not lost:
            return self._catalogue.generation
        return f"{self._catalogue.generation}-{sha256_hex(json.dumps(lost))[:8]}"

    def without(self, lost: frozenset[str]) -> PostgresEngine:
        """The same generation without areas that can't be reached: their plans aren't read."""
        return PostgresEngine(self._database, self._catalogue.without(lost), self._embedder)

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
        return self._text_of(document_id)

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """The sections of a document in reading order; empty for an unknown one."""
        return self._sections_of(document_id)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order; empty for an unknown one."""
        if document_id not in self._catalogue.number_of:
            return ()
        return self._read(self._all(ALWAYS, self._catalogue.within_documents([document_id])))

    def passage(self, passage_id: str) -> Passage | None:
        """One passage, or None."""
        within = self._holding([passage_id])
        asked = f"{conditions(within)} AND x.id = %(id)s"
        found = self._rows(
            f"SELECT {ROW} FROM {held_in('passages', asked)}",
            values(self._catalogue, within, id=passage_id),
        )
        return self._read(map(Found._make, found))[0] if found else None

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
            plans=self._plans_of(document.id),
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
        query = tsquery_of_stems(alternatives)
        return self._read(self._all(query, self._catalogue.within(scope)))

    def sentences(self, alone: Alternatives, leaning: Alternatives, scope: Scope) -> FoundSentences:
        """Every sentence in scope that meets all clauses of at least one alternative, unread.

        Those of `alone` have to be met in the sentence, those of `leaning` there or in the headings
        above it.
        """
        queries = [tsquery_of_stems([each], "D") for each in alone]
        queries += [tsquery_of_stems([each]) for each in leaning]
        found = self._said(queries, self._catalogue.within(scope))
        document, ordinal, at, plan, prominence = np.array(found, dtype=np.int64).reshape(-1, 5).T
        return _found(self._catalogue.first_places[document] + ordinal, at, plan, prominence)

    def whole(self, places: Sequence[int]) -> FoundSentences:
        """All sentences of the passages at these places, in their order."""
        number_of = {plan.id: number for number, plan in enumerate(self._catalogue.plans)}
        columns = [
            (place, at, number_of.get(passage.plan_id or "", OUTSIDE), prominence_of(passage, said))
            for place, passage in zip(places, self.read(places), strict=True)
            for at, said in enumerate(passage.sentences)
        ]
        return _found(*np.array(columns, dtype=np.int64).reshape(-1, 4).T)

    def lines(self, found: FoundSentences) -> Lines:
        """The sentences found as numbers, in their order: made of the passages, read for it."""
        passages = self.read(found.places.tolist())
        places = zip(passages, found.at.tolist(), strict=True)
        return lines_of((passage, passage.sentences[at]) for passage, at in places)

    def read(self, places: Sequence[int]) -> tuple[Passage, ...]:
        """The passages at these places, as `sentences` gives them."""
        first = self._catalogue.first_places
        # Of documents that begin at one place, the last has it: those before it are empty.
        documents = np.searchsorted(first, np.asarray(places, dtype=np.int64), side="right") - 1
        return self._passages.read(
            [
                (self._catalogue.revisions[document].number, int(place - first[document]))
                for place, document in zip(places, documents.tolist(), strict=True)
            ]
        )

    def nearest_per_plan(
        self, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> Mapping[str, tuple[Hit, ...]]:
        """For each plan in scope, by id, its `limit` passages nearest in meaning, best first.

        One query for all; exact. A plan without passages is there too, with none.
        """
        plans, found = self._nearest(vector, scope, limit)
        hits: dict[int, list[Hit]] = {number: [] for number in plans}
        for hit, row in zip(self._hits(found), found, strict=True):
            hits[row[2]].append(hit)
        return {self._catalogue.plans[number].id: tuple(held) for number, held in hits.items()}

    def nearest_places(
        self, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> Mapping[str, Sequence[int]]:
        """The places of the same passages, unread."""
        plans, found = self._nearest(vector, scope, limit)
        places: dict[int, list[int]] = {number: [] for number in plans}
        for document, ordinal, plan, *_ in found:
            places[plan].append(int(self._catalogue.first_places[document]) + ordinal)
        return {self._catalogue.plans[number].id: held for number, held in places.items()}

    def _nearest(
        self, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> tuple[Sequence[int], list[Row]]:
        """The numbers of the plans in scope, and the rows of their nearest passages."""
        plans = self._catalogue.plans_in(scope)
        everything = self._catalogue.everything
        asked = self._catalogue.within_plans(plans, everything, outside=False)
        within = self._catalogue.reached(asked)
        return plans, self._rows(
            nearest.per_plan(within),
            values(self._catalogue, within, vector=nearest.literal(vector), limit=limit),
        )

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
        within = self._catalogue.within(scope)
        if vector is None:
            words = self._ranked(expression, within, offset + limit)
            return self._result(self._tally(tsquery(expression), within), words[offset:])
        words = self._ranked(expression, within, CANDIDATES)
        demanded = demands(expression)
        query = ALWAYS if demanded == NOTHING else tsquery(demanded)
        meaning = self._meant(vector, query, within, [Found(*row[:5]) for row in words])
        ranked = _fused(meaning, words)
        tally = Counter((row[2], row[0]) for row in ranked)
        return self._result(tally, ranked[offset : offset + limit])

    def count(self, expression: Expression, scope: Scope) -> int:
        """How many passages in scope match."""
        return self._count_of(tsquery(expression), scope)

    def neighbours(self, passage_ids: Sequence[str]) -> Mapping[str, Neighbours]:
        """By id, which passages stand before and after each; unknown ones are left out."""
        within = self._holding(passage_ids)
        asked = f"{conditions(within)} AND x.id = ANY(%(ids)s)"
        found = self._rows(
            f"SELECT x.id, x.previous, x.next FROM {held_in('passages', asked)}",
            values(self._catalogue, within, ids=list(passage_ids)),
        )
        return {name: Neighbours(previous, following) for name, previous, following in found}

    def spellings(self, initial: str) -> Mapping[str, int]:
        """The folded words of the passages that begin so, and how many passages have each."""
        return self._spellings_of(initial)

    # What is kept of what was asked

    def _embedded(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder.embed([text])[0]
        vector.flags.writeable = False
        return vector

    def _text(self, document_id: str) -> str | None:
        found = self._of_document("content", document_id)
        return None if found is None else bytes(found).decode()

    def _sections(self, document_id: str) -> tuple[Section, ...]:
        found = self._of_document("sections", document_id)
        return () if found is None else tuple(map(Section.model_validate, json.loads(found)))

    def _plans_of(self, document_id: str) -> tuple[Plan, ...]:
        query = "SELECT plans FROM heads WHERE revision = %(revision)s"
        found = self._rows(query, {"revision": self.revision(document_id).number})
        return tuple(map(Plan.model_validate, json.loads(found[0][0])))

    def _of_document(self, column: str, document_id: str) -> Any:
        number = self._catalogue.number_of.get(document_id)
        if number is None:
            return None
        area, revision = self._catalogue.revisions[number]
        query = f"SELECT {column} FROM documents WHERE area = %(area)s AND revision = %(revision)s"
        return self._rows(query, {"area": area, "revision": revision})[0][0]

    def _spelled(self, initial: str) -> Mapping[str, int]:
        first = "w" + initial
        found = self._rows(
            "SELECT substr(term, 2), texts FROM terms WHERE generation = %(generation)s"
            " AND term >= %(first)s AND term < %(after)s AND texts > 0",
            {
                "generation": self._catalogue.generation,
                "first": first,
                "after": first[:-1] + chr(ord(first[-1]) + 1),
            },
        )
        return dict(found)

    def _counted(self, lexemes: frozenset[str]) -> Mapping[str, tuple[int, int]]:
        found = self._rows(
            "SELECT term, headings, texts FROM terms"
            " WHERE generation = %(generation)s AND term = ANY(%(terms)s)",
            {"generation": self._catalogue.generation, "terms": sorted(lexemes)},
        )
        return {term: (headings, texts) for term, headings, texts in found}

    # What is asked

    def _rows(self, query: str, values: Mapping[str, Any]) -> list[Row]:
        """What a query gives, if the generation still is there: else some of it may be missing."""
        generation = self._catalogue.generation
        with self._reaching(), self._database.connection() as connection:
            with connection.pipeline():  # one way there and back for both
                asked = connection.execute(query, values)
                there = connection.execute(
                    "SELECT 1 FROM generations WHERE id = %(id)s", {"id": generation}
                )
            found, kept = asked.fetchall(), there.fetchall()
        if not kept:
            raise BrokenGenerationError(
                f"The index {generation} was removed from {self._database.name}, since two "
                f"newer ones have been published: ask again."
            )
        return found

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        """Tells of the areas that are lost, where nodes of a cluster are what a question fails of.

        Raises:
            PartsLostError: areas that weren't known to be lost are.
        """
        try:
            yield
        except DatabaseError as error:
            with self._database.connection() as connection:
                lost = lost_areas(connection, self._catalogue.every_area())
            if lost <= self._catalogue.lost:
                raise
            raise PartsLostError(str(error), lost) from error

    def _holding(self, passage_ids: Iterable[str]) -> Within:
        """Where these passages stand, if they are held; an id begins with its document's.

        Everywhere, where one doesn't.
        """
        names = {name.partition(".")[0] for name in passage_ids}
        if not names <= self._catalogue.number_of.keys():
            return self._catalogue.everything
        return self._catalogue.within_documents(names)

    def _all(self, query: str, within: Within) -> list[Found]:
        """Every row that matches, in reading order."""
        if query == NEVER:
            return []
        asked = conditions(within) + matching(query)
        found = self._rows(
            f"SELECT {ROW} FROM {held_in('words', asked)} ORDER BY p.document, x.ordinal",
            values(self._catalogue, within, query=query),
        )
        return list(map(Found._make, found))

    def _said(self, queries: Sequence[str], within: Within) -> list[Row]:
        """Every sentence that matches any, in reading order: document, places, plan, prominence."""
        distinct = [query for query in dict.fromkeys(queries) if query != NEVER]
        if not distinct:
            return []
        few = self._catalogue.passages_in(within) <= _FEW
        asked, given = matching_any(distinct, few=few)
        return self._rows(
            "SELECT p.document, x.ordinal, x.at, p.plan, x.prominence"
            f" FROM {held_in('sentences', conditions(within) + asked)}"
            " ORDER BY p.document, x.ordinal, x.at",
            values(self._catalogue, within, **given),
        )

    def _tally(self, query: str, within: Within) -> Counter[tuple[int, int]]:
        """How many rows match, by the numbers of their plan and document."""
        if query == NEVER:
            return Counter()
        asked = conditions(within) + matching(query)
        found = self._rows(
            "SELECT p.plan, p.document, count(*) FROM "
            f"{held_in('words', asked)} GROUP BY p.plan, p.document, x.area",
            values(self._catalogue, within, query=query),
        )
        tally: Counter[tuple[int, int]] = Counter()
        for plan, document, count in found:
            tally[plan, document] += count
        return tally

    def _matching(self, query: str, scope: Scope) -> int:
        """How many rows in scope match."""
        if query == NEVER:
            return 0
        within = self._catalogue.within(scope)
        asked = conditions(within) + matching(query)
        found = self._rows(
            f"SELECT count(*) FROM {held_in('words', asked)}",
            values(self._catalogue, within, query=query),
        )
        number: int = found[0][0]
        return number

    def _ranked(self, expression: Expression, within: Within, limit: int) -> list[Row]:
        """The best rows by their words, and their scores."""
        if tsquery(expression) == NEVER or not limit or within.areas == []:
            return []
        containing = self._containing_of(frozenset(ranking.lexemes_in(expression)))
        relations = ranking.Relations(self._catalogue, within, containing)
        if (asked := pruning.plain(expression)) is not None:
            lists = pruning.lists_of(relations, asked)
            if pruning.is_quicker(lists, asked, limit):
                return pruning.best(relations, expression, lists, limit, self._rows)
        query = ranking.best_of(relations.of(expression))
        return self._rows(query, values(self._catalogue, within, limit=limit, **relations.values))

    def _meant(
        self, vector: NDArray[np.float32], query: str, within: Within, also: Sequence[Found]
    ) -> dict[Found, float]:
        """The rows nearest in meaning that match, and those of `also`, with their cosines."""
        if query == NEVER:
            return {}
        asked = nearest.Asked(self._catalogue, within, query, vector)
        with self._reaching():
            found = nearest.candidates(self._database, asked, CANDIDATES)
            missing = [row for row in also if row not in found]
            if missing:
                found |= nearest.cosines(self._database, asked, missing)
        return found

    def _result(self, tally: Counter[tuple[int, int]], rows: Sequence[Row]) -> SearchResult:
        plans, documents = self._catalogue.plans, self._catalogue.documents
        by_plan: Counter[str] = Counter()
        by_document: Counter[str] = Counter()
        for (plan, document), count in tally.items():
            by_document[documents[document].id] += count
            if plan != OUTSIDE:
                by_plan[plans[plan].id] += count
        return SearchResult(
            total=tally.total(), hits=self._hits(rows), by_plan=by_plan, by_document=by_document
        )

    def _hits(self, rows: Sequence[Row]) -> tuple[Hit, ...]:
        found = self._read(Found(*row[:5]) for row in rows)
        # Both parts are known to be valid, and validation costs more than the search.
        return tuple(
            Hit.model_construct(passage=passage, score=float(row[5]))
            for passage, row in zip(found, rows, strict=True)
        )

    def _read(self, rows: Iterable[Found]) -> tuple[Passage, ...]:
        return self._passages.read([(row.revision, row.ordinal) for row in rows])


def _found(
    places: NDArray[np.int64],
    at: NDArray[np.int64],
    plans: NDArray[np.int64],
    prominence: NDArray[np.int64],
) -> FoundSentences:
    return FoundSentences(
        places * _MOST_SENTENCES + at,
        places,
        at,
        plans.astype(np.int32),
        prominence.astype(np.uint8),
    )


def _fused(meaning: Mapping[Found, float], words: Sequence[Row]) -> list[Row]:
    """The best rows by meaning and words together, and their scores."""
    rows = sorted(meaning)
    places = {row: place for place, row in enumerate(rows)}
    order, scores = fused(
        np.array([meaning[row] for row in rows], dtype=np.float32),
        [places[Found(*row[:5])] for row in words],
        [row[5] for row in words],
        CANDIDATES,
    )
    return [
        (*rows[place], score) for place, score in zip(order.tolist(), scores.tolist(), strict=True)
    ]

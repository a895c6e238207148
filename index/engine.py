"""One open generation, searched: the embedded engine behind the service's port."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.lines import Lines, runs
from corpus.models import Area, Document, Origin, ParsedDocument, Passage, Plan, Section
from corpus.query import NOTHING, Expression, demands
from corpus.retrieval import Alternatives, Found, Hit, Neighbours, Scope, SearchResult
from index.embedding import Embedder
from index.keywords import Filter, Keywords, Tally
from index.ranking import best, fused
from index.sentences import Sentences
from index.store import OUTSIDE, Store
from index.vectors import Mask, Vectors

CANDIDATES = 1_000
"""The most passages that a search by meaning ranks, and the most that each side of a hybrid brings.
It doesn't depend on the page asked for, so that pages of one search fit together."""
_SCOPES_KEPT = 64
"""Scopes whose plans are kept: one question asks some ten times for the same."""
_QUESTIONS_KEPT = 1_024
"""Vectors of recent questions kept: 1.5 kB each."""


class EmbeddedEngine:
    """Fulfils `service.ports.Engine` in this process. Safe to share between threads; never changes.

    Equal scores stand in reading order, so the same question gives the same hits.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of a generation
        self,
        generation: str,
        embedder: Embedder,
        store: Store,
        vectors: Vectors,
        keywords: Keywords,
        sentences: Sentences,
        lines: Lines,
    ) -> None:
        self._generation = generation
        self._embedder = embedder
        self._store = store
        self._vectors = vectors
        self._keywords = keywords
        self._sentences = sentences
        self._lines = lines
        counts = store.sentences_of_row.astype(np.int64)
        self._first_sentence = np.concatenate([[0], np.cumsum(counts)])
        self._row_of_sentence = np.repeat(np.arange(len(counts)), counts)
        self._plan_of_row = _plan_of_row(store)
        self._rows_of_plan = _rows_of_plan(store)
        self._document_of_row = _document_of_row(store)
        # A topic is embedded for its terms, its nearest passages and a search: once is enough.
        self._vector_of = lru_cache(maxsize=_QUESTIONS_KEPT)(self._embedded)
        self._spellings_of = lru_cache(keywords.spellings)
        self._plans_in = lru_cache(maxsize=_SCOPES_KEPT)(self._plans_of)

    @property
    def generation(self) -> str:
        """The id of the generation served."""
        return self._generation

    @property
    def lost(self) -> tuple[str, ...]:
        """No area: what is in one folder is there, or isn't opened."""
        return ()

    @property
    def passage_count(self) -> int:
        """How many passages are held."""
        return self._store.passage_count

    @property
    def lists(self) -> tuple[int, int]:
        """How many lists of vectors a search by meaning reads, and how many there are."""
        return self._vectors.lists_read, self._vectors.lists

    def areas(self) -> tuple[Area, ...]:
        """Every area held, by name."""
        return self._store.areas

    def documents(self) -> tuple[Document, ...]:
        """Every document held, in the order of ingest."""
        return self._store.documents

    def plans(self) -> tuple[Plan, ...]:
        """Every plan held, by area and period."""
        return self._store.plans

    def document(self, document_id: str) -> Document | None:
        """One document, or None."""
        return self._store.document(document_id)

    def text(self, document_id: str) -> str | None:
        """The canonical text of a document, or None."""
        return self._store.text(document_id)

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """The sections of a document in reading order; empty for an unknown one."""
        return self._store.sections(document_id)

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document in reading order; empty for an unknown one."""
        return self.read(self._store.rows(document_id))

    def passage(self, passage_id: str) -> Passage | None:
        """One passage, or None."""
        row = self._store.row(passage_id)
        return None if row is None else self._store.passages([row])[0]

    def origins(self) -> Mapping[str, Origin]:
        """How each document came to be held, by its id."""
        return self._store.origins()

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
            plans=tuple(plan for plan in self.plans() if plan.document_id == document.id),
            sections=self.sections(document.id),
            passages=self.passages(document.id),
            origin=origin,
        )

    def embed(self, text: str) -> NDArray[np.float32]:
        """The vector of a question: shape (dimension,), unit norm, read-only."""
        return self._vector_of(text)

    def _embedded(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder.embed([text])[0]
        vector.flags.writeable = False
        return vector

    def containing(self, clauses: Sequence[Collection[str]], scope: Scope) -> tuple[Passage, ...]:
        """Every passage in scope that meets all clauses, in reading order: never a top-k cut."""
        return self.containing_any([clauses], scope)

    def containing_any(
        self, alternatives: Sequence[Sequence[Collection[str]]], scope: Scope
    ) -> tuple[Passage, ...]:
        """Every passage in scope that meets all clauses of at least one alternative, as above."""
        return self.read(self._keywords.containing(alternatives, self._filter(scope)))

    def sentences(self, alone: Alternatives, leaning: Alternatives, scope: Scope) -> Found:
        """Every sentence in scope that meets all clauses of at least one alternative, unread.

        Those of `alone` have to be met in the sentence, those of `leaning` there or in the headings
        above it.
        """
        return self._found(self._sentences.find(alone, leaning, self._filter(scope)))

    def whole(self, places: Sequence[int]) -> Found:
        """All sentences of the passages at these places, in their order."""
        return self._found(runs(self._first_sentence, np.asarray(places, dtype=np.int64))[1])

    def _found(self, numbers: NDArray[np.int64]) -> Found:
        places = self._row_of_sentence[numbers]
        at = numbers - self._first_sentence[places]
        plans, prominence = self._plan_of_row[places], self._store.prominence[numbers]
        return Found(places, at, plans, prominence, self._lines.those(numbers))

    def read(self, places: Sequence[int]) -> tuple[Passage, ...]:
        """The passages at these places."""
        return self._store.passages(places)

    def nearest_per_plan(
        self, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> Mapping[str, tuple[Hit, ...]]:
        """For each plan in scope, by id, its `limit` passages nearest in meaning, best first.

        A plan without passages is there too, with none.
        """
        scores, by_plan = self._nearest(vector, scope, limit)
        hits = iter(self._hits(np.concatenate([np.empty(0, np.intp), *by_plan.values()]), scores))
        return {plan: tuple(islice(hits, len(rows))) for plan, rows in by_plan.items()}

    def nearest_places(
        self, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> Mapping[str, Sequence[int]]:
        """The places of the same passages, unread."""
        _, by_plan = self._nearest(vector, scope, limit)
        return {plan: rows.tolist() for plan, rows in by_plan.items()}

    def _nearest(
        self, vector: NDArray[np.float32], scope: Scope, limit: int
    ) -> tuple[NDArray[np.float32], dict[str, NDArray[np.int64]]]:
        """The scores of all rows, and by plan those nearest."""
        scores = self._vectors.scores(vector, self._mask(scope))
        return scores, {
            self._store.plans[number].id: self._best_of_plan(number, scores, limit)
            for number in self._plans_in(scope)
        }

    def search(
        self,
        expression: Expression,
        vector: NDArray[np.float32] | None,
        scope: Scope,
        limit: int,
        offset: int = 0,
    ) -> SearchResult:
        """The `limit` passages in scope from `offset` on, best first.

        Without a vector, of all that match, by their words. With one, of the candidates by meaning
        and by words, at most `CANDIDATES`: words of the expression then count for the rank only,
        and what it demands (`corpus.query.demands`) is met by every hit.
        """
        if vector is None:
            words = self._keywords.ranked(expression, self._filter(scope), offset + limit)
            return self._result(
                self._tally(expression, scope), words.rows[offset:], words.scores[offset:]
            )
        words = self._keywords.ranked(expression, self._filter(scope), CANDIDATES)
        admitted = self._candidates(expression, scope)
        meaning = self._vectors.candidates(vector, admitted, CANDIDATES, also=words.rows)
        ranked, scores = fused(meaning, words.rows, words.scores, CANDIDATES)
        page = slice(offset, offset + limit)
        tally = Tally(
            len(ranked),
            _counted(self._plan_of_row[ranked]),
            _counted(self._document_of_row[ranked]),
        )
        return self._result(tally, ranked[page].tolist(), scores[page].tolist())

    def count(self, expression: Expression, scope: Scope) -> int:
        """How many passages in scope match."""
        return self._keywords.count(expression, self._filter(scope))

    def standing(self, expressions: Sequence[Expression], scope: Scope) -> Sequence[bool]:
        """Of each expression whether any passage in scope matches it."""
        within = self._filter(scope)
        return [self._keywords.has(each, within) for each in expressions]

    def neighbours(self, passage_ids: Sequence[str]) -> Mapping[str, Neighbours]:
        """By id, which passages stand before and after each; unknown ones are left out."""
        return self._store.neighbours(passage_ids)

    def spellings(self, initial: str) -> Mapping[str, int]:
        """The folded words of the passages that begin so, and how many passages have each."""
        return self._spellings_of(initial)

    def _candidates(self, expression: Expression, scope: Scope) -> Mask:
        """The rows that may be found by meaning."""
        admitted, demanded = self._mask(scope), demands(expression)
        if demanded == NOTHING:
            return admitted
        met = np.zeros_like(admitted)
        met[self._keywords.matching(demanded, self._filter(scope))] = True
        return met

    def _best_of_plan(
        self, number: int, scores: NDArray[np.float32], limit: int
    ) -> NDArray[np.int64]:
        rows = self._rows_of_plan[number]
        return rows[best(scores[rows], limit)]

    def _hits(self, rows: NDArray[np.int64], scores: NDArray[np.float32]) -> tuple[Hit, ...]:
        return _hits(self.read(rows.tolist()), scores[rows].tolist())

    def _tally(self, expression: Expression, scope: Scope) -> Tally:
        numbers = max(len(self._store.plans), len(self._store.documents))
        return self._keywords.tally(expression, self._filter(scope), numbers)

    def _result(self, tally: Tally, rows: Sequence[int], scores: Sequence[float]) -> SearchResult:
        plans, documents = self._store.plans, self._store.documents
        return SearchResult(
            total=tally.total,
            hits=_hits(self.read(rows), scores),
            by_plan={plans[n].id: count for n, count in tally.plans.items() if n != OUTSIDE},
            by_document={documents[n].id: count for n, count in tally.documents.items()},
        )

    def _plans_of(self, scope: Scope) -> tuple[int, ...]:
        """The numbers of the plans in scope."""
        return tuple(n for n, plan in enumerate(self._store.plans) if scope.admits(plan))

    def _documents_in(self, scope: Scope) -> list[int] | None:
        if scope.documents is None:
            return None
        held = self._store.documents
        return [number for number, each in enumerate(held) if each.id in scope.documents]

    def _filter(self, scope: Scope) -> Filter:
        """What is in scope by number, plan `OUTSIDE` among them if it sees it."""
        documents = self._documents_in(scope)
        if not scope.restricted and scope.outside_plans is None:
            return Filter(None, documents)
        outside = [OUTSIDE] if scope.sees_outside_plans else []
        return Filter((*self._plans_in(scope), *outside), documents)

    def _mask(self, scope: Scope) -> Mask:
        admitted = np.zeros(len(self._store.plans) + 1, dtype=bool)
        admitted[list(self._plans_in(scope))] = True
        admitted[OUTSIDE] = scope.sees_outside_plans  # the last place: -1
        mask: Mask = admitted[self._plan_of_row]
        documents = self._documents_in(scope)
        return mask if documents is None else mask & np.isin(self._document_of_row, documents)


def _hits(passages: Iterable[Passage], scores: Iterable[float]) -> tuple[Hit, ...]:
    # Both parts are known to be valid, and validation costs more than the search.
    return tuple(
        Hit.model_construct(passage=passage, score=score)
        for passage, score in zip(passages, scores, strict=True)
    )


def _counted(numbers: NDArray[np.int32]) -> dict[int, int]:
    """How often each number comes."""
    held, counts = np.unique(numbers, return_counts=True)
    return dict(zip(held.tolist(), counts.tolist(), strict=True))


def _document_of_row(store: Store) -> NDArray[np.int32]:
    sizes = [len(store.rows(document.id)) for document in store.documents]
    return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)


def _plan_of_row(store: Store) -> NDArray[np.int32]:
    numbers = np.array([run.plan for run in store.runs], dtype=np.int32)
    return np.repeat(numbers, [run.end - run.first for run in store.runs])


def _rows_of_plan(store: Store) -> list[NDArray[np.int64]]:
    """By number, the rows of each plan: one run, unless its document interrupts it."""
    rows: list[list[NDArray[np.int64]]] = [[] for _ in store.plans]
    for run in store.runs:
        if run.plan != OUTSIDE:
            rows[run.plan].append(np.arange(run.first, run.end))
    empty = np.empty(0, dtype=np.int64)
    return [np.concatenate([empty, *runs]) for runs in rows]

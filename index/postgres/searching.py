"""Searches of a generation by words, by meaning or both, and counts of what matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from corpus.query import NOTHING, Expression, Form, Term, demands
from corpus.retrieval import Hit, Scope, SearchResult
from index.postgres import nearest, pruning, ranking
from index.postgres.asking import Found, conditions, held_in, matching, values
from index.postgres.catalogue import Within
from index.postgres.database import Row
from index.postgres.lexemes import ALWAYS, NEVER, phrase, tsquery
from index.postgres.nearest import CANDIDATES
from index.postgres.passages import Passages
from index.postgres.reading import Reading
from index.postgres.revisions import OUTSIDE
from index.ranking import fused

_COUNTS_KEPT = 4_096
_WORDS_KEPT = 4_096
"""Words whose rarity is kept in memory."""


class Searches:
    """Searches one generation. Safe to share between threads."""

    def __init__(self, reading: Reading, passages: Passages) -> None:
        self._reading = reading
        self._catalogue = reading.catalogue
        self._passages = passages
        self.count = lru_cache(maxsize=_COUNTS_KEPT)(self._counted)
        """How many passages in a scope an expression matches."""
        self._standing_of = lru_cache(maxsize=_COUNTS_KEPT)(self._asked_standing)
        self.spellings = lru_cache(self._spellings)
        """The folded words that begin so, and how many passages have each."""
        self._containing = lru_cache(maxsize=_WORDS_KEPT)(self._containing_each)

    def by_words(
        self, expression: Expression, scope: Scope, limit: int, offset: int
    ) -> SearchResult:
        """The `limit` passages from `offset` on that match, best first; all are counted."""
        within = self._catalogue.within(scope)
        tally = self._reading.database.beside(partial(self._tally, tsquery(expression), within))
        words = self._ranked(expression, within, offset + limit)
        return self._result(tally.result(), words[offset:])

    def by_both(
        self,
        expression: Expression,
        vector: NDArray[np.float32],
        scope: Scope,
        limit: int,
        offset: int,
    ) -> SearchResult:
        """Those of the candidates by meaning and by words, best by both first."""
        within = self._catalogue.within(scope)
        demanded = demands(expression)
        query = ALWAYS if demanded == NOTHING else tsquery(demanded)
        asked = nearest.Asked(self._reading, within, query, vector)
        near = self._reading.database.beside(partial(self._near, asked))
        words = self._ranked(expression, within, CANDIDATES)
        ranked = _fused(self._with_words(asked, near.result(), words), words)
        tally = Counter((row[2], row[0]) for row in ranked)
        return self._result(tally, ranked[offset : offset + limit])

    def standing(self, expressions: Sequence[Expression], scope: Scope) -> list[bool]:
        """Of each expression whether any passage in scope matches it.

        The counts of their words tell of most; one query of the others.
        """
        words = frozenset[str]().union(*map(ranking.lexemes_in, expressions))
        counts = self._containing(words)
        whole = scope == Scope() and not self._catalogue.lost
        told = [_told(each, counts, whole=whole) for each in expressions]
        pairs = list(zip(map(tsquery, expressions), told, strict=True))
        unsure = dict.fromkeys(query for query, stands in pairs if stands is None)
        asked = self._standing_of(tuple(unsure), scope)
        return [query in asked if stands is None else stands for query, stands in pairs]

    def hits(self, rows: Sequence[Row]) -> tuple[Hit, ...]:
        """The passages of rows, each with its score behind what `Found` has."""
        found = self._passages.of(Found(*row[:5]) for row in rows)
        # Both parts are known to be valid, and validation costs more than the search.
        return tuple(
            Hit.model_construct(passage=passage, score=float(row[5]))
            for passage, row in zip(found, rows, strict=True)
        )

    # What is counted

    def _counted(self, expression: Expression, scope: Scope) -> int:
        query = tsquery(expression)
        if query == NEVER:
            return 0
        within = self._catalogue.within(scope)
        asked = conditions(within) + matching(query)
        found = self._reading.rows(
            f"SELECT count(*) FROM {held_in('words', asked)}",
            values(self._catalogue, within, query=query),
        )
        number: int = found[0][0]
        return number

    def _asked_standing(self, queries: Sequence[str], scope: Scope) -> frozenset[str]:
        """Those of the tsqueries that any passage in scope matches."""
        wanted = [query for query in queries if query != NEVER]
        if not wanted:
            return frozenset()
        within = self._catalogue.within(scope)
        given = {f"query{number}": query for number, query in enumerate(wanted)}
        each = (
            f"(SELECT {number} FROM"
            f" {held_in('words', conditions(within) + matching(query, f'query{number}'))} LIMIT 1)"
            for number, query in enumerate(wanted)
        )
        found = self._reading.rows(
            " UNION ALL ".join(each), values(self._catalogue, within, **given)
        )
        return frozenset(wanted[number] for (number,) in found)

    def _tally(self, query: str, within: Within) -> Counter[tuple[int, int]]:
        """How many rows match, by the numbers of their plan and document."""
        if query == NEVER:
            return Counter()
        asked = conditions(within) + matching(query)
        found = self._reading.rows(
            "SELECT p.plan, p.document, count(*) FROM "
            f"{held_in('words', asked)} GROUP BY p.plan, p.document, x.area",
            values(self._catalogue, within, query=query),
        )
        tally: Counter[tuple[int, int]] = Counter()
        for plan, document, count in found:
            tally[plan, document] += count
        return tally

    def _spellings(self, initial: str) -> Mapping[str, int]:
        first = "w" + initial
        found = self._reading.rows(
            "SELECT substr(term, 2), texts FROM terms WHERE generation = %(generation)s"
            " AND term >= %(first)s AND term < %(after)s AND texts > 0",
            {
                "generation": self._catalogue.generation,
                "first": first,
                "after": first[:-1] + chr(ord(first[-1]) + 1),
            },
        )
        return dict(found)

    def _containing_each(self, lexemes: frozenset[str]) -> Mapping[str, tuple[int, int]]:
        """In how many passages each lexeme stands, in headings and in the text."""
        found = self._reading.rows(
            "SELECT term, headings, texts FROM terms"
            " WHERE generation = %(generation)s AND term = ANY(%(terms)s)",
            {"generation": self._catalogue.generation, "terms": sorted(lexemes)},
        )
        return {term: (headings, texts) for term, headings, texts in found}

    # What is ranked

    def _ranked(self, expression: Expression, within: Within, limit: int) -> list[Row]:
        """The best rows by their words, and their scores."""
        if tsquery(expression) == NEVER or not limit or within.areas == []:
            return []
        containing = self._containing(frozenset(ranking.lexemes_in(expression)))
        relations = ranking.Relations(self._catalogue, within, containing)
        if (asked := pruning.plain(expression)) is not None:
            lists = pruning.lists_of(relations, asked)
            if pruning.is_quicker(lists, asked, limit):
                return pruning.best(relations, expression, lists, limit, self._reading.rows)
        if asked is None and self._catalogue.distributed:
            # Brackets become joins of joins, of which Citus refuses some.
            query = ranking.best_of_rows(relations, expression)
        else:
            query = ranking.best_of(relations.of(expression))
        given = values(self._catalogue, within, limit=limit, **relations.values)
        return self._reading.rows(query, given)

    def _near(self, asked: nearest.Asked) -> dict[Found, float]:
        """The candidates by meaning, with their cosines."""
        if asked.query == NEVER:
            return {}
        return nearest.candidates(asked, CANDIDATES)

    def _with_words(
        self, asked: nearest.Asked, near: Mapping[Found, float], words: Sequence[Row]
    ) -> Mapping[Found, float]:
        """The candidates by meaning and by words, with their cosines."""
        missing = [row for each in words if (row := Found(*each[:5])) not in near]
        if not missing or asked.query == NEVER:
            return near
        return {**near, **nearest.cosines(asked, missing)}

    def _result(self, tally: Counter[tuple[int, int]], rows: Sequence[Row]) -> SearchResult:
        plans, documents = self._catalogue.plans, self._catalogue.documents
        by_plan: Counter[str] = Counter()
        by_document: Counter[str] = Counter()
        for (plan, document), count in tally.items():
            by_document[documents[document].id] += count
            if plan != OUTSIDE:
                by_plan[plans[plan].id] += count
        return SearchResult(
            total=tally.total(), hits=self.hits(rows), by_plan=by_plan, by_document=by_document
        )


def _told(expression: Expression, counts: ranking.Containing, *, whole: bool) -> bool | None:
    """Whether anything matches, as far as the counts of words tell, which are of the whole."""
    if not isinstance(expression, Term) or expression.form is Form.PREFIX:
        return None
    stand = [any(counts.get(lexeme, ())) for lexeme in phrase(expression)]
    if not all(stand):
        return False
    return True if whole and len(stand) == 1 else None


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

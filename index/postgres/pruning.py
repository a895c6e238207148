"""The best passages by common words, exactly, without reading all that these words' postings hold.

Postings of a word stand in levels, by what they add to a score. The best passages have some of them
in a high level, so that rare words and high levels are read first, the passages found there are
scored whole, and reading ends once no passage that wasn't found can be better than the worst of
those wanted (MaxScore, by Turtle and Flood, with lists cut at levels). docs/adr/0031 has what that
saves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.query import Clauses, Expression, Form, Term
from index.postgres import bm25
from index.postgres.asking import PARTS, conditions, matching, values
from index.postgres.database import Row
from index.postgres.lexemes import tsquery
from index.postgres.ranking import Piece, Relations, pieces_of

MOST_READ = 50_000
"""Postings that are read whole rather than by level: some tenth of a second,"""
MOST_FOR_A_ROW = 400
"""or so many for each row wanted: what it takes to score that row by itself."""
FEW_FOUND = 2_000
"""Passages with the rarest word of those that have to stand, which are looked at one by one."""
_FIRST, _TIMES, _GROWTH = 4_000, 4, 4
"""Postings read at first: so many, or so many times the rows wanted; then more by this factor."""
_FROM_LEVEL = (1.0, 1.0, 0.99, 0.9, 0.5, 0.2, 0.05, 0.01)
"""The share of a word's postings from each level on, roughly: only how much is read rests on it."""
_ROUNDING = 1e-6
"""Scores are compared in single precision."""

Ask = Callable[[str, Mapping[str, Any]], list[Row]]


@dataclass(frozen=True)
class Plain:
    """An expression whose score is the sum of its terms' wherever it matches.

    `needed` are the terms of each clause that has to be met, `wanted` those that need not be.
    """

    needed: tuple[tuple[Term, ...], ...]
    wanted: tuple[Term, ...]


def plain(expression: Expression) -> Plain | None:
    """The expression so, or None where a score depends on more than terms that stand."""
    if isinstance(expression, Term):
        expression = Clauses(optional=(expression,))
    needed = tuple(tuple(_terms(each)) for each in expression.required)
    wanted = tuple(term for each in expression.optional for term in _terms(each))
    every = (*wanted, *(term for each in needed for term in each))
    if not every or any(term is None or term.form is Form.PREFIX for term in every):
        return None
    return Plain(needed, wanted)  # type: ignore[arg-type] # none is None


def _terms(expression: Expression) -> Iterator[Term | None]:
    """The terms of a choice, of which any will do; None stands for what is no term."""
    if isinstance(expression, Term):
        yield expression
    elif expression.is_choice:
        for each in expression.optional:
            yield from _terms(each)
    else:
        yield None


class Lists:
    """How far the postings of each piece are read, from the highest level down."""

    def __init__(self, relations: Relations, pieces: Sequence[Piece], found: set[Piece]) -> None:
        catalogue = relations.catalogue
        passages = max(1, catalogue.counts.passages)
        averages = (catalogue.heading_words / passages, catalogue.text_words / passages)
        most = [bm25.most_of_levels(field, average) for field, average in enumerate(averages)]
        share = catalogue.passages_in(relations.within) / passages
        self.pieces = pieces
        self._bounds = {
            piece: [piece.weight * each for each in most[piece.field]] for piece in pieces
        }
        self._sizes = {piece: piece.containing * share for piece in found}
        self.postings = share * sum(piece.containing for piece in pieces)
        """How many the pieces have in all, as far as is known."""
        self._read_from = dict.fromkeys(found, bm25.LEVELS)

    @property
    def findable(self) -> float:
        """How many postings there are by which passages are found, as far as is known."""
        return sum(self._sizes.values())

    @property
    def whole(self) -> bool:
        """Whether all are read."""
        return not any(self._read_from.values())

    @property
    def read(self) -> list[Piece]:
        """The pieces of which anything is read."""
        return [piece for piece, level in self._read_from.items() if level < bm25.LEVELS]

    def from_level(self, piece: Piece) -> int:
        """The lowest level that is read of a piece."""
        return self._read_from[piece]

    def unread(self, piece: Piece) -> float:
        """The most that a piece may add to the score of a passage that wasn't found by it."""
        return max(self._bounds[piece][: self._read_from.get(piece, bm25.LEVELS)], default=0.0)

    @property
    def unfound(self) -> float:
        """The most that a passage may score that wasn't found."""
        return sum(map(self.unread, self.pieces))

    def read_on(self, postings: float) -> None:
        """Reads on, to about so many postings: where the bound falls most for each, first."""
        while not self.whole and sum(map(self._size, self._read_from)) < postings:
            left = [piece for piece, level in self._read_from.items() if level]
            piece = max(left, key=lambda each: self.unread(each) / (1 + self._next_size(each)))
            self._read_from[piece] -= 1

    def _size(self, piece: Piece) -> float:
        level = self._read_from[piece]
        return self._sizes[piece] * (_FROM_LEVEL[level] if level < bm25.LEVELS else 0.0)

    def _next_size(self, piece: Piece) -> float:
        return self._sizes[piece] * _FROM_LEVEL[self._read_from[piece] - 1] - self._size(piece)


def lists_of(relations: Relations, asked: Plain) -> Lists:
    """The postings by which the passages of an expression are found; nothing of them is read yet.

    Where clauses have to be met, those of the rarest one find all.
    """
    passages = relations.catalogue.counts.passages
    found = {
        term: pieces_of(term, passages, relations.containing)
        for term in (*asked.wanted, *(term for each in asked.needed for term in each))
    }
    clauses = [[piece for term in each for piece in found[term]] for each in asked.needed]
    finding = min(clauses, key=lambda each: sum(piece.containing for piece in each), default=None)
    if finding is None:
        finding = [piece for term in asked.wanted for piece in found[term]]
    pieces = [piece for each in found.values() for piece in each]
    return Lists(relations, list(dict.fromkeys(pieces)), set(finding))


def is_quicker(lists: Lists, asked: Plain, limit: int) -> bool:
    """Whether to read by level is quicker than to read all, as far as is known."""
    if asked.needed and lists.findable <= FEW_FOUND:
        return True
    return lists.postings > max(MOST_READ, limit * MOST_FOR_A_ROW)


def best(
    relations: Relations, expression: Expression, lists: Lists, limit: int, ask: Ask
) -> list[Row]:
    """The `limit` best rows that match, equal ones in reading order, and their scores."""
    budget = max(_FIRST, _TIMES * limit)
    while True:
        lists.read_on(budget)
        if not lists.read:
            return []  # a word that has to be there stands nowhere
        query = _found(relations, expression, lists)
        given = values(relations.catalogue, relations.within, limit=limit, **relations.values)
        rows = ask(query, given)
        if lists.whole or (len(rows) == limit and rows[-1][5] > lists.unfound * (1 + _ROUNDING)):
            return rows
        budget *= _GROWTH


def _found(relations: Relations, expression: Expression, lists: Lists) -> str:
    """The best of the passages that are found in what is read, scored whole."""
    read = lists.read
    rows = [
        (piece.found_by, level, piece.weight, piece.field, piece.is_stem, lists.unread(piece))
        for piece in read
        for level in range(lists.from_level(piece), bm25.LEVELS)
    ]
    kinds = ("text", "smallint", "float8", "int", "boolean", "float8")
    columns = zip(zip(*rows, strict=True), kinds, strict=True)
    given = ", ".join(f"{relations.value(list(each))}::{kind}[]" for each, kind in columns)
    asked = conditions(relations.within)
    added = (
        "t.weight * (e >> 8 & 255) / ((e >> 8 & 255)"
        " + (%(dampers)s::float8[])[t.field * 256 + (e & 255)::int + 1])"
    )
    # What a phrase's rarest word would add is more than the phrase adds.
    seen = (
        f"SELECT x.area, x.revision, (e >> 16)::int AS ordinal,"
        f" sum(CASE WHEN t.stem THEN {added} ELSE 0 END) AS least, sum({added} - t.unread) AS most"
        f" FROM unnest({given}) t(term, level, weight, field, stem, unread)"
        f" JOIN postings x ON x.term = t.term AND x.level = t.level {PARTS}"
        f" CROSS JOIN LATERAL unnest(x.entries) e WHERE {asked} GROUP BY 1, 2, 3"
    )
    kept, least = "SELECT area, revision, ordinal FROM seen", "0"
    if isinstance(expression, Term) or expression.is_choice:
        # All that was found matches, so that the last one wanted has at least this.
        last = "SELECT least FROM seen ORDER BY least DESC LIMIT 1 OFFSET %(limit)s - 1"
        least = f"coalesce(({last}), 0) * (1 - {_ROUNDING})"
    rest = relations.value(lists.unfound)
    score = relations.scored(lists.pieces)
    matched = f"{asked}{matching(tsquery(expression), relations.name(tsquery(expression)))}"
    return (
        f"WITH seen AS MATERIALIZED ({seen}),"
        f" kept AS MATERIALIZED ({kept} WHERE most + {rest}::float8 >= {least})"
        f" SELECT p.document, x.ordinal, p.plan, x.area, x.revision, ({score})::real AS score"
        " FROM kept JOIN words x ON x.area = kept.area AND x.revision = kept.revision"
        f" AND x.ordinal = kept.ordinal {PARTS} WHERE {matched}"
        " ORDER BY score DESC, p.document, x.ordinal LIMIT %(limit)s"
    )

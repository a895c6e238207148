"""Ranks passages by their words: BM25 over postings, as SQL that any part of it may run anywhere.

An expression becomes a relation: the passages that match it, each with its score. A choice is a
union, what is required a join, so that a score is added up over the clauses just as tantivy adds
it. Single stems are read from `postings`, field by field; phrases, typed words and prefixes, which
few passages hold, from `words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.query import Clauses, Expression, Form, Term
from index.postgres import bm25
from index.postgres.asking import COLUMNS, PARTS, ROW, conditions, held_in, matching
from index.postgres.catalogue import Catalogue, Within
from index.postgres.lexemes import ALWAYS, FIELDS, NEVER, phrase, quoted, stem_lexeme, tsquery

Containing = Mapping[str, tuple[int, int]]
"""In how many passages each lexeme stands: in headings, and in the text."""

MARKS = ("A", "D")
"""How a tsvector marks what stands in the headings, and in the text."""
EVERY_LEVEL = f"x.level = ANY('{{{','.join(map(str, range(bm25.LEVELS)))}}}'::smallint[])"
"""Says it, so that an area's postings of a word are found in their index."""

_NONE = f"SELECT {ROW}, 0::float8 AS score FROM {held_in('words', 'false')}"


def is_stem(expression: Expression) -> bool:
    """Whether it is one stem, which `postings` has."""
    return (
        isinstance(expression, Term) and expression.form is Form.ANY and len(expression.stems) == 1
    )


@dataclass(frozen=True)
class Piece:
    """A term in one field: its lexemes, and the most that it adds to a score.

    `found_by` is the term in `postings` of its rarest stem, which stands `containing` times.
    """

    lexemes: tuple[str, ...]
    field: int
    weight: float
    found_by: str
    containing: int

    @property
    def is_stem(self) -> bool:
        """Whether what `postings` has of it is all that it adds."""
        return self.found_by == FIELDS[self.field] + self.lexemes[0] and len(self.lexemes) == 1


def lexemes_in(expression: Expression) -> set[str]:
    """The lexemes whose rarity a ranking by this expression depends on."""
    if isinstance(expression, Term):
        stems = {stem_lexeme(stem) for stem in expression.stems}
        return set() if expression.form is Form.PREFIX else {*phrase(expression), *stems}
    parts = (*expression.required, *expression.optional)
    return {lexeme for part in parts for lexeme in lexemes_in(part)}


def pieces_of(term: Term, passages: int, containing: Containing) -> list[Piece]:
    """A term that isn't a prefix, by field; left out where a stem of it stands in no passage."""
    lexemes, stems = phrase(term), [stem_lexeme(stem) for stem in term.stems]
    pieces: list[Piece] = []
    for place, name in enumerate(FIELDS if stems else ()):
        count, rarest = min((containing.get(stem, (0, 0))[place], stem) for stem in stems)
        rarity = (containing.get(lexeme, (0, 0))[place] for lexeme in lexemes)
        weight = term.weight * sum(bm25.weight(each, passages) for each in rarity)
        if count:
            pieces.append(Piece(tuple(lexemes), place, weight, name + rarest, count))
    return pieces


@dataclass
class Relations:
    """Writes relations, and gathers their values, for one generation and scope."""

    catalogue: Catalogue
    within: Within
    containing: Containing
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        passages = max(1, self.catalogue.counts.passages)
        self.values["dampers"] = bm25.dampers(self.catalogue.heading_words / passages) + (
            bm25.dampers(self.catalogue.text_words / passages)
        )

    def of(self, expression: Expression) -> str:
        """The passages that match, with their scores; each once."""
        if isinstance(expression, Term):
            return self._choice([expression])
        matched = self._needed(expression)
        query = tsquery(Clauses(optional=expression.excluded))
        if not expression.excluded or query == NEVER:
            return matched
        return self._without(matched, query)

    def _of_stems(self, pieces: Sequence[Piece]) -> str:
        """The passages that hold any of these stems in these fields, with their scores."""
        terms, weights, fields = (
            self.value([getattr(piece, name) for piece in pieces])
            for name in ("found_by", "weight", "field")
        )
        # A posting packs place, frequency and length: see index.postgres.bm25.
        return (
            "SELECT p.document, (e >> 16)::int AS ordinal, p.plan, x.area, x.revision,"
            " sum(t.weight * (e >> 8 & 255) / ((e >> 8 & 255)"
            " + (%(dampers)s::float8[])[t.field * 256 + (e & 255)::int + 1])) AS score"
            f" FROM unnest({terms}::text[], {weights}::float8[], {fields}::int[])"
            " t(term, weight, field) JOIN postings x ON x.term = t.term"
            f" {PARTS} CROSS JOIN LATERAL unnest(x.entries) e"
            f" WHERE {conditions(self.within)} AND {EVERY_LEVEL}"
            " GROUP BY 1, 2, 3, 4, 5"
        )

    def _needed(self, clauses: Clauses) -> str:
        """What meets the clauses, those that exclude aside."""
        if not clauses.required:
            if clauses.optional:
                return self._choice(clauses.optional)
            return self._everything() if clauses.excluded else _NONE
        parts = [self.of(part) for part in clauses.required]
        if _NONE in parts:
            return _NONE
        joined = " JOIN ".join(
            f"({part}) r{number}" + (f" USING ({COLUMNS})" if number else "")
            for number, part in enumerate(parts)
        )
        score = " + ".join(f"r{number}.score" for number in range(len(clauses.required)))
        if clauses.optional and (wanted := self._choice(clauses.optional)) != _NONE:
            joined += f" LEFT JOIN ({wanted}) wanted USING ({COLUMNS})"
            score += " + coalesce(wanted.score, 0)"
        return f"SELECT {COLUMNS}, {score} AS score FROM {joined}"

    def _choice(self, parts: Sequence[Expression]) -> str:
        """What meets any of the parts, their scores added up."""
        stems = [part for part in parts if isinstance(part, Term) and is_stem(part)]
        others = [part for part in parts if not is_stem(part)]
        passages = self.catalogue.counts.passages
        pieces = [piece for term in stems for piece in pieces_of(term, passages, self.containing)]
        relations = [self._of_stems(pieces)] if pieces else []
        relations += [
            self._words(part) if isinstance(part, Term) else self.of(part) for part in others
        ]
        # A cluster refuses some queries around a relation that is empty by what is asked.
        relations = [each for each in relations if each != _NONE]
        if len(relations) < 2:
            return relations[0] if relations else _NONE
        union = " UNION ALL ".join(f"({each})" for each in relations)
        return f"SELECT {COLUMNS}, sum(score) AS score FROM ({union}) u GROUP BY {COLUMNS}"

    def _words(self, term: Term) -> str:
        """The passages that hold a phrase, a typed word or a prefix."""
        passages = self.catalogue.counts.passages
        if term.form is not Form.PREFIX and not pieces_of(term, passages, self.containing):
            return _NONE
        query = self.value(tsquery(term))
        asked = f"{conditions(self.within)} AND x.tokens @@ {query}::tsquery"
        return f"SELECT {ROW}, {self._of_term(term)} AS score FROM {held_in('words', asked)}"

    def scored(self, pieces: Sequence[Piece]) -> str:
        """What these pieces add to the score of a row of `words`."""
        spread = [
            (number, place, lexeme)
            for number, piece in enumerate(pieces, start=1)
            for place, lexeme in enumerate(piece.lexemes)
        ]
        numbers, places, lexemes = map(list, zip(*spread, strict=True))
        marks, weights = [MARKS[each.field] for each in pieces], [each.weight for each in pieces]
        given = ", ".join(
            f"{self.value(value)}::{kind}[]"
            for value, kind in (
                (numbers, "int"),
                (places, "int"),
                (lexemes, "text"),
                (marks, "text"),
                (weights, "float8"),
            )
        )
        return (
            f"scored(x.tokens, {given}, (%(dampers)s::float8[])[x.heading_norm + 1],"
            " (%(dampers)s::float8[])[256 + x.text_norm + 1])"
        )

    def of_row(self, expression: Expression) -> str:
        """What a row of `words` that matches scores by an expression."""
        if isinstance(expression, Term):
            return self._of_term(expression)
        scores = [self.of_row(part) for part in expression.required]
        for part in expression.optional:
            if (query := tsquery(part)) != NEVER:
                met = "true" if query == ALWAYS else f"x.tokens @@ {self.value(query)}::tsquery"
                scores.append(f"CASE WHEN {met} THEN {self.of_row(part)} ELSE 0 END")
        return f"({' + '.join(scores)})" if scores else "0::float8"

    def _of_term(self, term: Term) -> str:
        if term.form is Form.PREFIX:
            # As tantivy scores it: 1 in each field, however many words begin so.
            fields = [self.value(f"{quoted('w' + term.folded[0])}:*{mark}") for mark in MARKS]
            score = " + ".join(f"(x.tokens @@ {each}::tsquery)::int" for each in fields)
            return f"{self.value(term.weight)}::float8 * ({score})"
        pieces = pieces_of(term, self.catalogue.counts.passages, self.containing)
        return self.scored(pieces) if pieces else "0::float8"

    def _everything(self) -> str:
        asked = held_in("words", conditions(self.within))
        return f"SELECT {ROW}, 0::float8 AS score FROM {asked}"

    def _without(self, matched: str, query: str) -> str:
        """What matches, less what a tsquery matches."""
        if query == ALWAYS or matched == _NONE:
            return _NONE
        # As a join: a cluster refuses some of the sub-queries that would say the same.
        return (
            f"SELECT m.* FROM ({matched}) m JOIN words x ON x.area = m.area"
            " AND x.revision = m.revision AND x.ordinal = m.ordinal"
            f" WHERE NOT x.tokens @@ {self.value(query)}::tsquery"
        )

    def name(self, value: Any) -> str:
        """The name of a value, which it has from now on."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return name

    def value(self, value: Any) -> str:
        """A place in the SQL that stands for a value."""
        return f"%({self.name(value)})s"


def best_of_rows(relations: Relations, expression: Expression) -> str:
    """The best rows as `best_of` has them, each scored by itself: it takes longer, the more match.

    It is a query of one table, which any cluster plans.
    """
    query = tsquery(expression)
    asked = f"{conditions(relations.within)}{matching(query, relations.name(query))}"
    return (
        f"SELECT {ROW}, ({relations.of_row(expression)})::real AS score"
        f" FROM {held_in('words', asked)}"
        " ORDER BY score DESC, p.document, x.ordinal LIMIT %(limit)s"
    )


def best_of(relation: str) -> str:
    """The rows of a relation, best first, equal ones in reading order; `%(limit)s` of them.

    Rounded to single precision: sums of the same numbers in another order are equal again.
    """
    return (
        f"SELECT {COLUMNS}, score::real FROM ({relation}) ranked"
        " ORDER BY score::real DESC, document, ordinal LIMIT %(limit)s"
    )

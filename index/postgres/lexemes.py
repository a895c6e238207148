"""Passages as PostgreSQL's text search holds them, and expressions as it asks for them.

The words are ours (`corpus.words`), not a text search configuration's: a tsvector is written and a
tsquery is built here, lexeme by lexeme. A lexeme is a stem behind `s`, or a folded word behind `w`.
Between two lines a place is left free, so that no phrase runs from one into the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.models import Passage
from corpus.query import Clauses, Expression, Form, Term
from corpus.words import Word, iter_words
from index.tokens import token

_LAST_PLACE = 16_383
"""PostgreSQL counts places no further."""

NEVER, ALWAYS = "never", "always"
"""What no passage matches, and what every one does: no tsquery says either."""


def stem_lexeme(stem: str) -> str:
    """The lexeme of a stem."""
    return "s" + token(stem)


def folded_lexeme(folded: str) -> str:
    """The lexeme of a folded word."""
    return "w" + token(folded)


@dataclass(frozen=True)
class Lexemes:
    """The words of a passage: those of its headings line by line, and those of its text."""

    headings: tuple[tuple[Word, ...], ...]
    text: tuple[Word, ...]

    @property
    def heading_words(self) -> int:
        """How many words the headings have."""
        return sum(map(len, self.headings))

    def heading_stems(self) -> Counter[str]:
        """How often each stem's lexeme stands in the headings."""
        return Counter(stem_lexeme(word.stem) for line in self.headings for word in line)

    def text_stems(self) -> Counter[str]:
        """How often each stem's lexeme stands in the text."""
        return Counter(stem_lexeme(word.stem) for word in self.text)

    def tsvector(self) -> str:
        """All lexemes with their places, those of headings marked A."""
        places: dict[str, list[str]] = {}
        at = 0
        for line, mark in (*((line, "A") for line in self.headings), (self.text, "")):
            for word in line:
                at = min(at + 1, _LAST_PLACE)
                for lexeme in (stem_lexeme(word.stem), folded_lexeme(word.folded)):
                    places.setdefault(lexeme, []).append(f"{at}{mark}")
            at += 1
        return " ".join(f"{quoted(lexeme)}:{','.join(at)}" for lexeme, at in places.items())


def lexemes_of(passage: Passage) -> Lexemes:
    """The words of a passage."""
    return Lexemes(
        tuple(tuple(iter_words(heading)) for heading in passage.path),
        tuple(iter_words(passage.text)),
    )


def quoted(lexeme: str) -> str:
    """A lexeme as tsvector and tsquery read it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def phrase(term: Term) -> list[str]:
    """The lexemes of a term that isn't a prefix, in order."""
    if term.form is Form.ANY:
        return [stem_lexeme(stem) for stem in term.stems]
    return [folded_lexeme(folded) for folded in term.folded]


def tsquery(expression: Expression) -> str:
    """What matches the same passages: a tsquery, `NEVER` or `ALWAYS`."""
    if isinstance(expression, Term):
        return _term(expression)
    if expression == Clauses():
        return NEVER
    required = [tsquery(part) for part in expression.required]
    excluded = [_none_of(tsquery(part)) for part in expression.excluded]
    if not required and expression.optional:
        required = [_any_of(map(tsquery, expression.optional))]
    return _all_of([*required, *excluded])


def tsquery_of_stems(alternatives: Sequence[Sequence[Collection[str]]]) -> str:
    """What meets all clauses of at least one alternative, as above; a clause is a set of stems."""
    return _any_of(
        _all_of([_any_of(quoted(stem_lexeme(stem)) for stem in sorted(clause))
                 for clause in clauses])
        for clauses in alternatives
    )  # fmt: skip


def _term(term: Term) -> str:
    if term.form is Form.PREFIX:
        return f"{quoted('w' + term.folded[0])}:*"
    found = " <-> ".join(map(quoted, phrase(term)))
    return f"({found})" if " <-> " in found else found


def _all_of(parts: Iterable[str]) -> str:
    distinct = [part for part in dict.fromkeys(parts) if part != ALWAYS]
    if NEVER in distinct:
        return NEVER
    return _joined(distinct, " & ") or ALWAYS


def _any_of(parts: Iterable[str]) -> str:
    distinct = [part for part in dict.fromkeys(parts) if part != NEVER]
    if ALWAYS in distinct:
        return ALWAYS
    return _joined(distinct, " | ") or NEVER


def _none_of(part: str) -> str:
    return {NEVER: ALWAYS, ALWAYS: NEVER}.get(part) or f"!({part})"


def _joined(parts: Sequence[str], by: str) -> str:
    return parts[0] if len(parts) == 1 else f"({by.join(parts)})" if parts else ""


def folded_words(words: Iterable[Word]) -> Iterator[str]:
    """The lexemes of folded words."""
    return (folded_lexeme(word.folded) for word in words)

"""Passages as PostgreSQL's text search holds them, and expressions as it asks for them.

The words are ours (`corpus.words`), not a text search configuration's: a tsvector is written and a
tsquery is built here, lexeme by lexeme. A lexeme is a stem behind `s`, or a folded word behind `w`.
Between two lines a place is left free, so that no phrase runs from one into the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.models import Passage
from corpus.query import Clauses, Expression, Form, Term
from corpus.retrieval import Alternatives
from corpus.saying import meaning_stem
from corpus.words import iter_words
from index.tokens import token

_LAST_PLACE = 16_383
"""PostgreSQL counts places no further."""

_WORDS_KEPT = 200_000
"""Words whose lexemes are kept in memory, while documents are stored."""

FIELDS = ("h", "t")
"""What a posting's term begins with: whether it stands in the headings or in the text."""

NEVER, ALWAYS = "never", "always"
"""What no passage matches, and what every one does: no tsquery says either."""


@lru_cache(maxsize=_WORDS_KEPT)
def stem_lexeme(stem: str) -> str:
    """The lexeme of a stem."""
    return "s" + token(stem)


@lru_cache(maxsize=_WORDS_KEPT)
def folded_lexeme(folded: str) -> str:
    """The lexeme of a folded word."""
    return "w" + token(folded)


class Lexemes(NamedTuple):
    """A line of a passage as lexemes: those of its words' stems, and those of the words."""

    stems: list[str]
    folded: list[str]


class Indexed(NamedTuple):
    """The words of a passage: those of its headings line by line, and those of its text."""

    headings: list[Lexemes]
    text: Lexemes
    meant: list[str]
    """What stretches of it mean: found, and never ranked."""

    @property
    def heading_stems(self) -> list[str]:
        """The stems of all headings."""
        return [stem for line in self.headings for stem in line.stems]

    @property
    def heading_folded(self) -> list[str]:
        """The words of all headings."""
        return [word for line in self.headings for word in line.folded]

    def tsvector(self) -> str:
        """All lexemes with their places, those of headings marked A."""
        places: dict[str, list[str]] = {}
        at = 0
        for line, mark in (*((line, "A") for line in self.headings), (self.text, "")):
            for lexemes in zip(line.stems, line.folded, strict=True):
                at = min(at + 1, _LAST_PLACE)
                for lexeme in lexemes:
                    places.setdefault(lexeme, []).append(f"{at}{mark}")
            at += 1
        said = (f"{quoted(lexeme)}:{','.join(held)}" for lexeme, held in places.items())
        return " ".join([*said, *map(quoted, dict.fromkeys(self.meant))])


def sentence_tsvector(above: Sequence[str], said: Sequence[str]) -> str:
    """The stems of a sentence, and of the headings above it marked A; each stem once of a kind."""
    kinds = dict.fromkeys(said, "1")
    for stem in dict.fromkeys(above):
        kinds[stem] = "1A,2" if stem in kinds else "1A"
    return " ".join(f"{quoted(stem)}:{places}" for stem, places in kinds.items())


def indexed(passage: Passage) -> Indexed:
    """The words of a passage."""
    meant = [stem_lexeme(meaning_stem(meaning.term)) for meaning in passage.meanings]
    return Indexed([_lexemes(each) for each in passage.path], _lexemes(passage.text), meant)


def _lexemes(line: str) -> Lexemes:
    words = list(iter_words(line))
    return Lexemes(
        [stem_lexeme(word.stem) for word in words], [folded_lexeme(word.folded) for word in words]
    )


@lru_cache(maxsize=_WORDS_KEPT)
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
        required = [any_of(map(tsquery, expression.optional))]
    return _all_of([*required, *excluded])


def tsquery_of_stems(alternatives: Alternatives, mark: str = "") -> str:
    """What meets all clauses of at least one alternative, as above; a clause is a set of stems.

    With a mark only where the stems stand in places of that mark: `A` or `D`.
    """
    placed = f":{mark}" if mark else ""
    return any_of(
        _all_of(
            [
                any_of(quoted(stem_lexeme(stem)) + placed for stem in sorted(each))
                for each in clauses
            ]
        )
        for clauses in alternatives
    )


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


def any_of(parts: Iterable[str]) -> str:
    """The tsquery that any of these matches."""
    distinct = [part for part in dict.fromkeys(parts) if part != NEVER]
    if ALWAYS in distinct:
        return ALWAYS
    return _joined(distinct, " | ") or NEVER


def _none_of(part: str) -> str:
    return {NEVER: ALWAYS, ALWAYS: NEVER}.get(part) or f"!({part})"


def _joined(parts: Sequence[str], by: str) -> str:
    return parts[0] if len(parts) == 1 else f"({by.join(parts)})" if parts else ""

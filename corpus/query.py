"""What a search looks for: terms joined by what is needed, wanted and unwanted.

A query in this form means the same to every engine, and `find` says what that is, one passage at a
time: it lights what matched, and any index must agree with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from corpus.models import Passage
from corpus.words import Word, content_stems, fold, iter_words, stems


class Form(StrEnum):
    """Which forms of its words a term is found in."""

    ANY = "any"
    """Every form with the same stem: thefts for theft."""
    TYPED = "typed"
    """The very words, case and accents aside."""
    PREFIX = "prefix"
    """Every word that begins with its one word, case and accents aside."""


@dataclass(frozen=True)
class Term:
    """Words that stand side by side in this order, in one heading or in the text."""

    words: tuple[str, ...]
    form: Form = Form.ANY
    weight: float = 1.0
    """What its score is multiplied by."""

    def __str__(self) -> str:
        """The term as it would be typed."""
        if self.form is Form.TYPED:
            return f'"{" ".join(self.words)}"'
        return "-".join(self.words) + ("*" if self.form is Form.PREFIX else "")

    @property
    def folded(self) -> tuple[str, ...]:
        """Its words without case and accents."""
        return tuple(map(fold, self.words))

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of its words."""
        return tuple(stem for word in self.words for stem in stems(word))

    def admits(self, word: Word, wanted: str) -> bool:
        """Whether a word is one of its words, given by its stem or folded as the form has it."""
        if self.form is Form.ANY:
            return word.stem == wanted
        return word.folded == wanted if self.form is Form.TYPED else word.folded.startswith(wanted)


@dataclass(frozen=True)
class Clauses:
    """Matches what meets all that is required and nothing excluded.

    Where nothing is required, one of the optional must be met too; else they count for the rank
    only. Without any clause it matches nothing.
    """

    required: tuple[Expression, ...] = ()
    optional: tuple[Expression, ...] = ()
    excluded: tuple[Expression, ...] = ()

    @property
    def is_choice(self) -> bool:
        """Whether it asks for one of several, and for nothing else."""
        return bool(self.optional) and not self.required and not self.excluded

    def __str__(self) -> str:
        """The clauses as they would be typed."""
        if self.is_choice:
            return " OR ".join(map(str, self.optional))
        return " ".join(
            [f"+{_enclosed(part)}" for part in self.required]
            + [_enclosed(part) for part in self.optional]
            + [f"-{_enclosed(part)}" for part in self.excluded]
        )


Expression: TypeAlias = Term | Clauses

NOTHING = Clauses()
"""Matches no passage."""


def _enclosed(part: Expression) -> str:
    return f"({part})" if isinstance(part, Clauses) else str(part)


def any_of(parts: Iterable[Expression]) -> Expression:
    """What matches where one of the parts does."""
    flat = (
        inner
        for part in parts
        for inner in (part.optional if isinstance(part, Clauses) and part.is_choice else (part,))
    )
    return _single(Clauses(optional=tuple(dict.fromkeys(p for p in flat if p != NOTHING))))


def joined(
    required: Iterable[Expression],
    optional: Iterable[Expression] = (),
    excluded: Iterable[Expression] = (),
) -> Expression:
    """Clauses in their simplest form: what is required inside a required part is required here."""
    needed: list[Expression] = []
    wanted, unwanted = list(optional), list(excluded)
    for part in required:
        if isinstance(part, Term) or part.is_choice:
            needed.append(part)
            continue
        needed += part.required or [any_of(part.optional)] * bool(part.optional)
        wanted += part.optional if part.required else ()
        unwanted += part.excluded
    distinct = (tuple(dict.fromkeys(parts)) for parts in (needed, wanted, unwanted))
    return _single(Clauses(*distinct))


def _single(clauses: Clauses) -> Expression:
    """The one part, where there is but one that must be met."""
    if len(clauses.required) + len(clauses.optional) == 1 and not clauses.excluded:
        return (clauses.required or clauses.optional)[0]
    return clauses


def any_word_of(text: str) -> Expression:
    """What matches where any word of a text stands; function words only if there are no others."""
    wanted = frozenset(content_stems(text) or stems(text))
    by_stem = {w.stem: text[w.start : w.end] for w in iter_words(text) if w.stem in wanted}
    return any_of(Term((word,)) for word in by_stem.values())


def demands(expression: Expression) -> Expression:
    """What a passage has to meet, though it be found by its meaning; `NOTHING` for no demand.

    Words alone, or a choice of them, say what is meant; a phrase, a prefix, what is required and
    what is excluded are meant to the letter.
    """
    if isinstance(expression, Term):
        return NOTHING if expression.form is Form.ANY else expression
    return joined(expression.required, (), expression.excluded)


def wanted_terms(expression: Expression) -> Iterator[Term]:
    """The terms that may make a passage match, in order; none that is excluded."""
    if isinstance(expression, Term):
        yield expression
    else:
        for part in (*expression.required, *expression.optional):
            yield from wanted_terms(part)


# What it means


class Place(NamedTuple):
    """Words that matched: `[start, end)` in the line of this number."""

    line: int
    start: int
    end: int


def lines_of(passage: Passage) -> list[list[Word]]:
    """The words of a passage by line: those of each heading, and those of the text last."""
    return [list(iter_words(line)) for line in (*passage.path, passage.text)]


def find(expression: Expression, lines: Sequence[Sequence[Word]]) -> frozenset[Place] | None:
    """Where the words stand by which a passage matches; None where it doesn't match."""
    if isinstance(expression, Term):
        return frozenset(_places(expression, lines)) or None
    if any(find(part, lines) is not None for part in expression.excluded):
        return None
    required = [find(part, lines) for part in expression.required]
    optional = [found for part in expression.optional if (found := find(part, lines)) is not None]
    unmet = not optional if expression.optional and not required else None in required
    if unmet or expression == NOTHING:
        return None
    return frozenset().union(*(found for found in required if found), *optional)


def _places(term: Term, lines: Sequence[Sequence[Word]]) -> Iterator[Place]:
    first, *others = term.stems if term.form is Form.ANY else term.folded
    for number, words in enumerate(lines):
        for at, word in enumerate(words):
            if term.admits(word, first):
                after = words[at + 1 : at + 1 + len(others)]
                if len(after) == len(others) and all(map(term.admits, after, others)):
                    yield Place(number, word.start, (after or [word])[-1].end)

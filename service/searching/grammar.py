"""Reads what a person typed into a search box: every text has a reading, none is an error.

    query  = all { "OR" all }
    all    = group { "AND" group }
    group  = { [ "+" | "-" | "NOT" ] part }
    part   = word | prefix "*" | '"' words '"' | "(" query ")"

What is half typed is read as far as it goes: a quotation or a bracket that isn't closed ends with
the text, an operator with nothing to join is passed over. Operators are in capitals.

Up to three words side by side are all needed; of more, as in a question, any will do. GOV.UK's
search does likewise (alphagov/search-api, `MINIMUM_SHOULD_MATCH` "2<2 3<3 7<50%"). Quotations and
brackets are always needed; beside a "+", words are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.query import NOTHING, Expression, Form, Term, any_of, any_word_of, joined
from corpus.words import FUNCTION_WORDS, fold, iter_words, typed_words

_ALL_OF = 3
"""Words side by side that are all needed."""
_SHORTEST_PREFIX = 2
"""Letters before a "*"; with fewer it is a word."""
_DEEPEST = 20
"""Levels of clauses; a query that goes deeper is taken for its words."""
_MOST_BRACKETS = 2 * _DEEPEST
"""Brackets within brackets that are followed at all: more than the deepest query needs."""

_QUOTES = '"“”„«»'
_TOKEN = re.compile(
    rf"""
    (?P<sign> (?<![^\s(]) [+-] (?=[^\W_] | [({_QUOTES}]) )
  | [{_QUOTES}] (?P<phrase> [^{_QUOTES}]* ) [{_QUOTES}]?
  | (?P<bracket> [()] )
  | (?P<run> [^\s(){_QUOTES}]+ )
    """,
    re.VERBOSE,
)
_STARRED = re.compile(r"\*+\W*$")


class _Kind(StrEnum):
    OR = "OR"
    AND = "AND"
    NOT = "NOT"
    PLUS = "+"
    OPEN = "("
    CLOSE = ")"
    WORD = "word"
    PREFIX = "prefix"
    PHRASE = "phrase"


_OPERATORS = {kind.value: kind for kind in (_Kind.OR, _Kind.AND, _Kind.NOT)}
_SIGNS = frozenset({_Kind.PLUS, _Kind.NOT})
_FORMS = {_Kind.WORD: Form.ANY, _Kind.PREFIX: Form.PREFIX, _Kind.PHRASE: Form.TYPED}
_BETWEEN = frozenset({_Kind.OR, _Kind.AND, _Kind.CLOSE})
"""What ends a group."""


@dataclass(frozen=True)
class _Token:
    kind: _Kind
    words: tuple[str, ...] = ()


def parse(text: str, *, loose: bool = False) -> Expression:
    """The reading of a text, `NOTHING` where it has no word.

    With `loose`, any of several words side by side will do, however few they are.
    """
    tokens = list(_balanced(_tokens(text)))
    if _nesting(tokens) > _MOST_BRACKETS:
        return _as_words(text)
    read = _Parser(tokens, loose=loose).either()
    return _as_words(text) if _depth(read) > _DEEPEST else read


def _as_words(text: str) -> Expression:
    # Small letters, lest a word be an operator when this is printed.
    return any_word_of(text.lower())


def is_plain(text: str) -> bool:
    """Whether a text is words only, no operator among them."""
    return all(token.kind is _Kind.WORD for token in _tokens(text))


def respelt(text: str, spellings: Mapping[str, str]) -> str:
    """The text with words, by their folded form, spelt otherwise; what is quoted stays."""

    def mended(match: re.Match[str]) -> str:
        run = match["run"]
        words = list(iter_words(run)) if run else []
        if len(words) != 1 or words[0].folded not in spellings:
            return match.group()
        return run[: words[0].start] + spellings[words[0].folded] + run[words[0].end :]

    return _TOKEN.sub(mended, text)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if sign := match["sign"]:
            yield _Token(_Kind.PLUS if sign == "+" else _Kind.NOT)
        elif bracket := match["bracket"]:
            yield _Token(_Kind(bracket))
        elif run := match["run"]:
            yield from _run(run)
        else:
            # One without words stays, so that a sign before it is its own.
            yield _Token(_Kind.PHRASE, typed_words(match["phrase"]))


def _run(run: str) -> Iterator[_Token]:
    """The tokens of what stands between two spaces; of marks alone, none."""
    words = typed_words(run)
    if words and _STARRED.search(run) and len(fold(words[-1])) >= _SHORTEST_PREFIX:
        yield from _prefix(words)
    elif len(words) == 1 and words[0] in _OPERATORS:
        yield _Token(_OPERATORS[words[0]])
    elif words:
        yield _Token(_Kind.WORD, words)


def _prefix(words: tuple[str, ...]) -> Iterator[_Token]:
    """A prefix; of 'anti-soc*', the word before it too."""
    if len(words) == 1:
        yield _Token(_Kind.PREFIX, words)
    else:
        yield _Token(_Kind.OPEN)
        yield _Token(_Kind.PHRASE, words[:-1])
        yield _Token(_Kind.AND)
        yield _Token(_Kind.PREFIX, words[-1:])
        yield _Token(_Kind.CLOSE)


def _balanced(tokens: Iterable[_Token]) -> Iterator[_Token]:
    """The tokens without brackets that close nothing."""
    depth = 0
    for token in tokens:
        depth += (token.kind is _Kind.OPEN) - (token.kind is _Kind.CLOSE)
        if depth >= 0:
            yield token
        depth = max(depth, 0)


def _nesting(tokens: Iterable[_Token]) -> int:
    depth = most = 0
    for token in tokens:
        depth += (token.kind is _Kind.OPEN) - (token.kind is _Kind.CLOSE)
        most = max(most, depth)
    return most


def _depth(expression: Expression) -> int:
    if isinstance(expression, Term):
        return 0
    parts = (*expression.required, *expression.optional, *expression.excluded)
    return 1 + max(map(_depth, parts), default=0)


class _Parser:
    """Recursive descent over tokens whose brackets close nothing that wasn't opened."""

    def __init__(self, tokens: Sequence[_Token], *, loose: bool) -> None:
        self._tokens = tokens
        self._loose = loose
        self._at = 0

    def either(self) -> Expression:
        """One part, or several of which any will do."""
        return any_of(self._separated_by(_Kind.OR, self._all))

    def _all(self) -> Expression:
        first, *others = self._separated_by(_Kind.AND, self._group)
        return joined([first, *others]) if others else first

    def _separated_by(
        self, operator: _Kind, part: Callable[[], Expression]
    ) -> Iterator[Expression]:
        yield part()
        while self._next is operator:
            self._at += 1
            yield part()

    def _group(self) -> Expression:
        group = _Group()
        while self._next is not None and self._next not in _BETWEEN:
            group.add(self._signs(), self._part())
        return group.read(loose=self._loose)

    def _signs(self) -> set[_Kind]:
        first = self._at
        while self._next in _SIGNS:
            self._at += 1
        return {token.kind for token in self._tokens[first : self._at]}

    def _part(self) -> Expression:
        """What a sign may stand before; `NOTHING` where it stands before nothing."""
        if self._next is None or self._next in _BETWEEN:
            return NOTHING
        token = self._tokens[self._at]
        self._at += 1
        if token.kind is not _Kind.OPEN:
            return Term(token.words, _FORMS[token.kind]) if token.words else NOTHING
        inner = self.either()
        self._at += 1  # its closing bracket, or the end
        return inner

    @property
    def _next(self) -> _Kind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None


class _Group:
    """The parts between two operators, as they come."""

    def __init__(self) -> None:
        self._words: list[Term] = []
        self._needed: list[Expression] = []
        self._excluded: list[Expression] = []
        self._plus = False

    def add(self, signs: Collection[_Kind], part: Expression) -> None:
        """Takes a part with the signs before it."""
        if part == NOTHING:
            return
        if _Kind.NOT in signs:
            self._excluded.append(part)
        elif _Kind.PLUS in signs:
            self._plus = True
            self._needed.append(part)
        elif isinstance(part, Term) and part.form is not Form.TYPED:
            self._words.append(part)
        else:
            self._needed.append(part)

    def read(self, *, loose: bool) -> Expression:
        """The parts as one expression."""
        words = self._telling_words()
        if self._plus or loose or len(words) > _ALL_OF:
            return joined(self._needed, words, self._excluded)
        return joined([*self._needed, *words], (), self._excluded)

    def _telling_words(self) -> list[Term]:
        """The words without those that carry grammar, unless there is nothing else."""
        words = list(dict.fromkeys(self._words))
        telling = [word for word in words if not FUNCTION_WORDS.issuperset(word.folded)]
        return telling if telling or self._needed else words

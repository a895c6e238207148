"""A search as the contract tells it: the hits of a page, and all matches counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, compress, islice

from corpus.glossary import Glossary
from corpus.places import Place
from corpus.query import Clauses, Expression, Form, Term, any_of, demands, joined, wanted_terms
from corpus.retrieval import Hit, Neighbours, Scope, SearchMode
from corpus.words import iter_words
from service import paging
from service.answering.vocabulary import Vocabulary
from service.areas import resolve_areas
from service.holdings import passage_out
from service.ports import Engine, Vector
from service.queries import SearchQuery
from service.schemas import SearchHit, SearchPage
from service.searching.counting import Counting
from service.searching.expansion import Expander
from service.searching.grammar import is_plain, parse
from service.searching.highlights import highlights
from service.searching.spelling import Speller

_MOST_ADDED = 20
"""Terms added to a query: more would say nothing to the reader who may switch them off."""


@dataclass(frozen=True)
class _Reading:
    """A text as it was read."""

    text: str
    expression: Expression


class Searcher:
    """Searches one generation. The same query gives the same page; safe to share by threads."""

    def __init__(
        self,
        engine: Engine,
        vocabulary: Vocabulary,
        glossary: Glossary,
        places: Iterable[Place],
    ) -> None:
        self._engine = engine
        self._speller = Speller(engine, vocabulary.lexicon.is_term, _words_of_names(engine, places))
        self._expander = Expander(vocabulary, glossary)
        self._counting = Counting(engine)
        self._periods = {plan.id: plan.period for plan in engine.plans()}

    def search(self, query: SearchQuery) -> SearchPage:
        """One page of hits.

        Raises:
            BadCursorError: the cursor is not of this search.
        """
        key = key_of(query, self._engine.generation)
        start = paging.offset_of(query.cursor, key)
        end = start + query.limit
        scope, unknown = self._scope(query)
        corrected = self._speller.corrected(query.q)
        reading = self._reading(query, corrected, scope)
        added = self._added(query, reading, scope)
        expression, vector = self._asked(query.mode, reading, added.values())
        found = self._engine.search(expression, vector, scope, query.limit, start)
        lit = expression if vector is None else _any_term(reading.expression, added.values())
        return SearchPage(
            query=query.q,
            mode=query.mode,
            total=found.total,
            hits=self._hits(found.hits, lit),
            facets=self._counting.facets(found),
            added_terms=tuple(added),
            did_you_mean=corrected,
            searched_for=reading.text,
            relaxed=found.total > 0 and not self._stands(parse(reading.text), scope),
            unknown_areas=unknown,
            lost_areas=self._engine.lost,
            next_cursor=paging.cursor_at(end, key) if end < found.total else None,
        )

    def _scope(self, query: SearchQuery) -> tuple[Scope, tuple[str, ...]]:
        """Where to search, and the areas asked for of which nothing is held."""
        areas, unknown = resolve_areas(query.area, self._engine.areas())
        scope = Scope(
            areas=frozenset(areas) if query.area else None,
            plans=frozenset(query.plan) or None,
            documents=frozenset(query.document) or None,
            year=query.year,
        )
        return scope, unknown

    def _reading(self, query: SearchQuery, corrected: str | None, scope: Scope) -> _Reading:
        """The first reading that anything matches, or as typed where nothing does."""
        readings = list(_readings(query, corrected))
        matching = (each for each in readings if self._stands(each.expression, scope))
        return next(matching, readings[0])

    def _added(self, query: SearchQuery, reading: _Reading, scope: Scope) -> dict[str, Term]:
        """The other terms looked for, by name: those that stand somewhere in scope."""
        if query.mode is SearchMode.KEYWORD or not query.expand:
            return {}
        text = _spoken(reading, frozenset({Form.ANY}))
        left_out = {name.casefold() for name in query.without}
        others = {
            name: term
            for name, term in self._expander.others(text).items()
            if name.casefold() not in left_out
        }
        standing = self._engine.standing(list(others.values()), scope)
        return dict(islice(compress(others.items(), standing), _MOST_ADDED))

    def _stands(self, expression: Expression, scope: Scope) -> bool:
        return self._engine.standing([expression], scope)[0]

    def _asked(
        self, mode: SearchMode, reading: _Reading, added: Iterable[Term]
    ) -> tuple[Expression, Vector | None]:
        """What the engine is asked for; no vector where no word is left to have a meaning."""
        words = _spoken(reading, frozenset(Form))
        if mode is SearchMode.KEYWORD or not words:
            return reading.expression, None
        typed = demands(reading.expression) if mode is SearchMode.MEANING else reading.expression
        return _with_optional(typed, tuple(added)), self._engine.embed(words)

    def _hits(self, hits: Iterable[Hit], lit: Expression) -> tuple[SearchHit, ...]:
        shown = list(hits)
        near = self._engine.neighbours([hit.passage.id for hit in shown])
        return tuple(self._hit(hit, near[hit.passage.id], lit) for hit in shown)

    def _hit(self, hit: Hit, near: Neighbours, lit: Expression) -> SearchHit:
        passage = hit.passage
        *headings, text = highlights(lit, passage)
        document = self._engine.document(passage.document_id)
        period = self._periods.get(passage.plan_id or "")
        return SearchHit(
            passage=passage_out(passage, near),
            score=hit.score,
            highlights=text,
            section_highlights=tuple(headings),
            document_title=document.title if document else passage.document_id,
            period=str(period) if period else None,
        )


def key_of(query: SearchQuery, generation: str) -> str:
    """Names the list that a search gives, for its cursors."""
    return paging.list_key(generation, "search", query.model_dump_json(exclude={"limit", "cursor"}))


def _readings(query: SearchQuery, corrected: str | None) -> Iterator[_Reading]:
    """How a query may be read, what was typed before what may have been meant.

    By word, all words before any of them. By meaning, words are for the rank only.
    """
    texts = [query.q] if corrected is None else [query.q, corrected]
    if query.mode is SearchMode.KEYWORD:
        yield from (_Reading(text, parse(text)) for text in texts)
    yield from (_Reading(text, parse(text, loose=True)) for text in texts)


def _spoken(reading: _Reading, forms: Collection[Form]) -> str:
    """The words wanted in these forms: the text as typed, if there is nothing else in it."""
    terms = (term for term in wanted_terms(reading.expression) if term.form in forms)
    words = " ".join(word for term in terms for word in term.words)
    return reading.text if words and is_plain(reading.text) else words


def _with_optional(expression: Expression, more: tuple[Term, ...]) -> Expression:
    """The same expression with more terms that count for the rank."""
    if isinstance(expression, Clauses):
        return replace(expression, optional=(*expression.optional, *more))
    if expression.form is Form.ANY:
        return any_of([expression, *more])
    return joined([expression], more)


def _any_term(expression: Expression, more: Iterable[Term]) -> Expression:
    return any_of([*wanted_terms(expression), *more])


def _words_of_names(engine: Engine, places: Iterable[Place]) -> frozenset[str]:
    """The folded words of the names of places, those held and those that are known."""
    held = (name for area in engine.areas() for name in (area.name, *area.aliases))
    known = (name for place in places for name in (place.name, *place.aliases))
    return frozenset(word.folded for name in chain(held, known) for word in iter_words(name))

"""A search as the contract tells it: passages, where their words match, and the next page."""

from __future__ import annotations

from pydantic import Field

from corpus.retrieval import Hit, Scope, SearchMode
from corpus.words import content_stems, iter_words
from service import paging
from service.areas import resolve_areas
from service.holdings import passage_out
from service.ports import Engine
from service.queries import PageQuery, Place, Scoped, Typed
from service.schemas import SearchHit, SearchPage


class SearchQuery(Scoped, PageQuery):
    """What is searched for, where, and which page of it."""

    q: Typed = Field(description="Words to search for.")
    mode: SearchMode = Field(
        default=SearchMode.HYBRID, description="By words, by meaning, or both."
    )
    plan: tuple[Place, ...] = Field(
        default=(), max_length=400, description="The id of a plan; may be repeated."
    )


def search(query: SearchQuery, engine: Engine) -> SearchPage:
    """One page of hits.

    Raises:
        BadCursorError: the cursor is not of this search.
    """
    key = paging.list_key(
        engine.generation, "search", query.model_dump_json(exclude={"limit", "cursor"})
    )
    start = paging.offset_of(query.cursor, key)
    end = start + query.limit
    areas, unknown = resolve_areas(query.area, engine.areas())
    scope = Scope(
        areas=frozenset(areas) if query.area else None,
        plans=frozenset(query.plan) or None,
        year=query.year,
    )
    vector = None if query.mode is SearchMode.KEYWORD else engine.embed(query.q)
    found = engine.search(query.q, vector, query.mode, scope, end)
    hits = found.hits[start:end]
    return SearchPage(
        query=query.q,
        mode=query.mode,
        total=found.total,
        hits=tuple(_hit(hit, query.q, engine) for hit in hits),
        unknown_areas=unknown,
        next_cursor=paging.cursor_at(end, key) if hits and end < found.total else None,
    )


def _hit(hit: Hit, query: str, engine: Engine) -> SearchHit:
    passage = passage_out(hit.passage, engine)
    return SearchHit(
        passage=passage, score=hit.score, highlights=tuple(highlights(query, passage.text))
    )


def highlights(query: str, text: str) -> list[tuple[int, int]]:
    """The words of `text` that share a stem with a word of the query that carries meaning."""
    wanted = frozenset(content_stems(query))
    return [(word.start, word.end) for word in iter_words(text) if word.stem in wanted]

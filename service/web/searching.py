"""Search: hits lit, facets with counts, other words that can be left out; all of it in the URL."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape
from pydantic import ValidationError
from starlette.requests import Request

from service.library import Held
from service.paging import cursor_at
from service.queries import SearchQuery, is_blank
from service.schemas import SearchHit, SearchPage, Stretch
from service.search import key_of
from service.state import State
from service.web import wording
from service.web.forms import SearchForm
from service.web.render import address, page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_ON_A_PAGE = 10


class Hit(NamedTuple):
    """A passage found, what matched lit, and the link that opens it in its source."""

    hit: SearchHit
    headings: list[Markup]
    text: Markup
    link: str


class Links(NamedTuple):
    """The address of the same search with something changed; another search begins at page 1."""

    form: SearchForm

    def __call__(self, **changed: object) -> str:
        """The address; a list is replaced as a whole."""
        form = self.form
        state: dict[str, object] = {
            "q": form.q,
            "mode": None if form.mode == "hybrid" else form.mode.value,
            "area": form.area,
            "year": form.year,
            "document": form.document,
            "without": form.without,
            "expand": None if form.expand else "false",
        }
        return address("/search", **{**state, **changed})


@router.api_route("/search", methods=["GET", "HEAD"])
def search(request: Request, state: State, form: Annotated[SearchForm, Query()]) -> HTMLResponse:
    """The form; and what was searched for with it, found."""
    held = state.library.held()
    context: dict[str, object] = {"form": form, "link": Links(form), "found": None, "fault": None}
    if "q" not in request.query_params:
        return page("search.html", context)
    try:
        query = _query(form, held)
    except ValidationError:
        fault = wording.SEARCH_SOMETHING if is_blank(form.q) else wording.SEARCH_TOO_LONG
        refused = {**context, "fault": fault}
        return page("search.html", refused, HTTPStatus.UNPROCESSABLE_ENTITY)
    return page("search.html", {**context, **_found(held.search(query), form, held)})


def _query(form: SearchForm, held: Held) -> SearchQuery:
    """The search as the API takes it.

    Raises:
        ValidationError: nothing is searched for, or too much.
    """
    query = SearchQuery(limit=_ON_A_PAGE, **form.model_dump(exclude={"page"}))
    if form.page == 1:
        return query
    start = (form.page - 1) * _ON_A_PAGE
    cursor = cursor_at(start, key_of(query, held.generation))
    return query.model_copy(update={"cursor": cursor})


def _found(found: SearchPage, form: SearchForm, held: Held) -> dict[str, object]:
    titles = {each.id: each.title for each in held.engine.documents()}
    return {
        "found": found,
        "hits": [_hit(each, found.searched_for) for each in found.hits],
        "pages_total": max(1, -(-found.total // _ON_A_PAGE)),
        "documents": [(each, titles.get(each, each)) for each in form.document],
        "first": (form.page - 1) * _ON_A_PAGE + 1,
    }


def _hit(hit: SearchHit, topic: str) -> Hit:
    passage = hit.passage
    return Hit(
        hit,
        [
            lit(heading, stretches)
            for heading, stretches in zip(passage.section, hit.section_highlights, strict=True)
        ],
        lit(passage.text, hit.highlights),
        address(
            f"/documents/{passage.document_id}",
            "lit",
            start=passage.start,
            end=passage.end,
            topic=topic,
        ),
    )


def lit(text: str, stretches: Iterable[Stretch]) -> Markup:
    """A text, escaped, with stretches of it marked."""
    made, at = Markup(""), 0
    for start, end in stretches:
        made += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        at = end
    return made + escape(text[at:])

"""`GET /v1/search`: passages by their words, their meaning, or both."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from service.problems import declared
from service.queries import SearchQuery
from service.schemas import SearchPage
from service.state import State

router = APIRouter(prefix="/v1", tags=["search"])


@router.get("/search", responses=declared(HTTPStatus.UNPROCESSABLE_ENTITY))
def search(state: State, query: Annotated[SearchQuery, Query()]) -> SearchPage:
    """One page of passages, best first; an unknown area is named in `unknown_areas`."""
    return state.library.held().search(query)

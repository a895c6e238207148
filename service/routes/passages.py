"""`GET /v1/passages/{id}`: one passage with its neighbours."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from service import messages
from service.holdings import passage_out
from service.problems import declared, not_found
from service.schemas import PassageOut
from service.state import State

router = APIRouter(prefix="/v1/passages", tags=["holdings"])


@router.get(
    "/{passage_id}", responses=declared(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
)
def passage(state: State, passage_id: str) -> PassageOut:
    """One passage, where it stands, and the ids of those before and after it."""
    engine = state.library.held().engine
    found = engine.passage(passage_id)
    if found is None:
        raise not_found(messages.NO_SUCH_PASSAGE)
    return passage_out(found, engine.neighbours([found.id])[found.id])

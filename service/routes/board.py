"""`GET /v1/board`: what every plan says of one topic."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from service.problems import declared
from service.queries import BoardQuery
from service.schemas import Board
from service.state import State

router = APIRouter(prefix="/v1", tags=["answers"])


@router.get("/board", responses=declared(HTTPStatus.UNPROCESSABLE_ENTITY))
def board(state: State, query: Annotated[BoardQuery, Query()]) -> Board:
    """One verdict for each plan in scope."""
    return state.library.held().board(query.topic, query.filters())

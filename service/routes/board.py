"""`GET /v1/board`: one topic over every plan, without a question; `board.csv` as a table."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse

from service.problems import declared
from service.queries import BoardQuery
from service.schemas import Board
from service.state import State
from service.tables import verdict_table

router = APIRouter(prefix="/v1", tags=["answers"])


class _Csv(PlainTextResponse):
    media_type = "text/csv"


@router.get("/board", responses=declared(HTTPStatus.UNPROCESSABLE_ENTITY))
def board(state: State, query: Annotated[BoardQuery, Query()]) -> Board:
    """One verdict for each plan in scope."""
    return state.library.held().board(query.topic, query.filters())


@router.get(
    "/board.csv",
    response_class=_Csv,
    responses=declared(HTTPStatus.UNPROCESSABLE_ENTITY),
)
def board_csv(state: State, query: Annotated[BoardQuery, Query()]) -> _Csv:
    """The same as a table: a row for each verdict, its texts never read as formulas."""
    held = state.library.held()
    found = held.board(query.topic, query.filters())
    table = verdict_table([found], held.engine.plans(), state.public_url)
    return _Csv(table, headers={"Content-Disposition": 'attachment; filename="board.csv"'})

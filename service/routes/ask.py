"""`POST /v1/ask`: a question, its answer."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from service.problems import declared
from service.queries import AskBody
from service.schemas import Answer
from service.state import State

router = APIRouter(prefix="/v1", tags=["answers"])


@router.post(
    "/ask",
    responses=declared(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
def ask(body: AskBody, state: State) -> Answer:
    """Answers a question from every plan in scope, with its sources."""
    return state.library.held().answer(body)

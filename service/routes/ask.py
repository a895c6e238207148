"""`POST /v1/ask`: a question, its answer."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import Response

from service.problems import declared
from service.queries import AskBody
from service.schemas import Answer
from service.state import State

router = APIRouter(prefix="/v1", tags=["answers"])


@router.post(
    "/ask",
    response_model=Answer,
    responses=declared(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
def ask(body: AskBody, state: State) -> Response:
    """Answers a question from every plan in scope, with its sources; the answer is kept."""
    # The very bytes that are kept.
    return Response(state.ask(body).given.content, media_type="application/json")

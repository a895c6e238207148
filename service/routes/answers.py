"""`GET /v1/answers/{id}`: an answer as it was given; `POST /v1/feedback`: what users say of it."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import Response

from service import messages
from service.problems import declared, not_found
from service.schemas import Answer, Feedback
from service.state import State

router = APIRouter(prefix="/v1", tags=["answers"])


@router.get(
    "/answers/{answer_id}",
    response_model=Answer,
    responses=declared(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
)
def answer(state: State, answer_id: str) -> Response:
    """An answer as it was given, to the byte, for as long as it's kept."""
    given = state.archive.find(answer_id)
    if given is None:
        raise not_found(messages.NO_SUCH_ANSWER)
    return Response(given.content, media_type="application/json")


@router.post(
    "/feedback",
    status_code=HTTPStatus.NO_CONTENT,
    responses=declared(
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
def feedback(state: State, body: Feedback) -> None:
    """Keeps what a user says of an answer, as long as the answer."""
    if not state.archive.add_feedback(body):
        raise not_found(messages.NO_SUCH_ANSWER)

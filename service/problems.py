"""Errors as the API tells them: RFC 9457, the same shape on every route, never a stack trace."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from service import messages
from service.paging import BadCursorError
from service.schemas import Problem

MEDIA_TYPE = "application/problem+json"


class RefusedError(HTTPException):
    """A request that can't be served, with the status and the sentence to answer it with."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(status, detail)


def not_found(detail: str) -> RefusedError:
    """What to raise where an id is not held."""
    return RefusedError(HTTPStatus.NOT_FOUND, detail)


def request_id(request: Request) -> str:
    """The id under which this request is logged."""
    return str(request.state.request_id)


def problem(status: int, detail: str, request: Request) -> Problem:
    """The body of an error."""
    title = HTTPStatus(status).phrase
    return Problem(title=title, status=status, detail=detail, request_id=request_id(request))


def problem_response(body: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """An error as a response."""
    return Response(
        body.model_dump_json(), body.status, headers=dict(headers or {}), media_type=MEDIA_TYPE
    )


def explain(error: Exception, request: Request) -> Problem:
    """What an error that a route or the framework raised says to the caller."""
    if isinstance(error, RefusedError):
        return problem(error.status_code, error.detail, request)
    if isinstance(error, BadCursorError):
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, messages.BAD_CURSOR, request)
    if isinstance(error, RequestValidationError):
        details = dict.fromkeys(_invalid(item) for item in error.errors())
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, " ".join(details), request)
    if isinstance(error, HTTPException):
        return problem(error.status_code, _framework_detail(error, request), request)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, messages.WENT_WRONG, request)


def _invalid(item: Mapping[str, Any]) -> str:
    if item["type"] == "json_invalid":
        return messages.BAD_JSON
    field = messages.field(item["loc"][1:])
    return messages.invalid(field, item["type"], item.get("ctx", {}), item["msg"])


def _framework_detail(error: HTTPException, request: Request) -> str:
    details = {
        HTTPStatus.NOT_FOUND: messages.NO_SUCH_ADDRESS,
        HTTPStatus.METHOD_NOT_ALLOWED: messages.wrong_method(request.method),
        HTTPStatus.BAD_REQUEST: messages.UNREADABLE_BODY,
    }
    return details.get(HTTPStatus(error.status_code), messages.OTHER_PROBLEM)


def declared(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """The errors of a route, for OpenAPI; a fault of ours can befall any."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        int(status): {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in (*statuses, HTTPStatus.INTERNAL_SERVER_ERROR)
    }

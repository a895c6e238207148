"""The service over HTTP: requests, deadlines, and what went wrong in three words."""

from __future__ import annotations

import asyncio
import urllib.parse
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp
from pydantic import BaseModel, ValidationError

from service.schemas import Answer, AskRequest, PassageOut, PlanList, PlanOut, Turn

_Wire = TypeVar("_Wire", bound=BaseModel)

_AT_ONCE = 4
"""Requests under way. The others wait here, so that a backlog taken up after a restart leaves the
event loop free to acknowledge what is new."""


class ServiceError(Exception):
    """The service gave no answer; what follows is up to the kind."""


class DownError(ServiceError):
    """It can't be reached, or says that it can't serve just now."""


class SlowError(ServiceError):
    """It took longer than it was given."""


class RefusedError(ServiceError):
    """It refused the request, or its answer isn't the contract's; asking again won't help."""


class GoneError(ServiceError):
    """What was asked for is no longer held."""


class ServiceClient:
    """One session with the service, for the life of the bot."""

    def __init__(self, url: str, timeout: float) -> None:
        self._url = url
        self._timeout = timeout
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._session = aiohttp.ClientSession()

    async def close(self) -> None:
        """Ends the session."""
        await self._session.close()

    async def ask(self, question: str, history: Sequence[Turn], request_id: str) -> Answer:
        """The answer to a question, logged by the service under the same id."""
        body = AskRequest(question=question, history=tuple(history)).model_dump(mode="json")
        return await self._call(Answer, "POST", "/v1/ask", request_id, json=body)

    async def answer(self, answer_id: str, request_id: str) -> Answer:
        """An answer as it was given."""
        return await self._call(Answer, "GET", f"/v1/answers/{_quoted(answer_id)}", request_id)

    async def passage(self, passage_id: str, request_id: str) -> PassageOut:
        """A passage with the ids of its neighbours."""
        path = f"/v1/passages/{_quoted(passage_id)}"
        return await self._call(PassageOut, "GET", path, request_id)

    async def plans(self, request_id: str) -> list[PlanOut]:
        """All plans held."""
        found: list[PlanOut] = []
        cursor: str | None = ""
        while cursor is not None:
            query = {"limit": "100"} | ({"cursor": cursor} if cursor else {})
            page = await self._call(PlanList, "GET", "/v1/plans", request_id, params=query)
            found += page.plans
            cursor = page.next_cursor
        return found

    async def feedback(
        self, answer_id: str, *, helpful: bool, comment: str | None, request_id: str
    ) -> None:
        """Hands on what somebody thought of an answer."""
        body = {"answer_id": answer_id, "helpful": helpful}
        with_reason = body | ({"comment": comment} if comment else {})
        await self._body("POST", "/v1/feedback", request_id, json=with_reason)

    async def ready(self) -> str:
        """The generation that is served.

        Raises:
            ServiceError: nothing is served.
        """
        body = await self._body("GET", "/readyz", "readiness")
        return body.decode(errors="replace")

    async def _call(
        self, kind: type[_Wire], method: str, path: str, request_id: str, **what: Any
    ) -> _Wire:
        body = await self._body(method, path, request_id, **what)
        try:
            # A service that is newer may say more.
            return kind.model_validate_json(body, extra="ignore")
        except ValidationError as error:
            raise RefusedError(f"{path}: not the contract's {kind.__name__}") from error

    async def _body(self, method: str, path: str, request_id: str, **what: Any) -> bytes:
        headers = {"X-Request-ID": request_id}
        try:
            async with (
                self._turns,
                asyncio.timeout(self._timeout),
                self._session.request(method, f"{self._url}{path}", headers=headers, **what) as got,
            ):
                body = await got.read()
        except TimeoutError as error:
            raise SlowError(f"{path}: no answer in {self._timeout:g} s") from error
        except aiohttp.ClientError as error:
            raise DownError(f"{path}: {type(error).__name__}") from error
        _check(got.status, path)
        return body


_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


def _check(status: int, path: str) -> None:
    told = f"{path}: status {status}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _BUSY:
        raise DownError(told)
    if status == HTTPStatus.NOT_FOUND:
        raise GoneError(told)
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        raise RefusedError(told)


def _quoted(part: str) -> str:
    return urllib.parse.quote(part, safe="")

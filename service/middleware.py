"""The outermost edge of the service: every request gets an id, a log line and a bounded body.

Plain ASGI, since the framework's own base class costs a task for each request.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import messages
from service.problems import RefusedError

_log = logging.getLogger("saferplans.requests")

MAX_BODY = 5 * 1024 * 1024
"""Bytes: more than the longest legal question with its history takes, however it is escaped."""

_DRAINED = 64 * 1024 * 1024
"""Bytes read of a refused body before the connection is closed all the same."""

_LEVEL = 1
"""Of gzip: the next take up to four times as long, and make pages a tenth smaller."""

# An id of the caller's is kept if it can neither forge a log line nor flood it.
_CALLERS_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

Explained = Callable[[Exception, Request], Response]
"""Turns an error into the response that the caller gets."""


class EdgeMiddleware:
    """Gives each request an id (in `X-Request-ID` and the log), and turns a fault into a 500.

    The log line holds method, path, status and time; never the query, which is a user's question.
    """

    def __init__(self, app: ASGIApp, explained: Explained) -> None:
        self._app = app
        self._explained = explained

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        try:
            await self._app(scope, receive, exchange.send)
        except Exception as error:
            _log.exception("request_id=%s failed", exchange.request_id)
            if exchange.status is None:
                response = self._explained(error, Request(scope))
                await response(scope, receive, exchange.send)
        finally:
            exchange.log()


class _Exchange:
    """One request and what was sent for it."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.request_id = _request_id(scope)
        self.status: int | None = None
        self._scope = scope
        self._send = send
        self._began = time.perf_counter()
        scope.setdefault("state", {})["request_id"] = self.request_id

    async def send(self, message: Message) -> None:
        """Passes a message on; the headers of every response are completed here."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.request_id
            headers.setdefault("X-Content-Type-Options", "nosniff")
            headers.setdefault("Referrer-Policy", "same-origin")
        await self._send(message)

    def log(self) -> None:
        """One line for each request."""
        _log.info(
            "request_id=%s method=%s path=%s status=%s ms=%.1f",
            self.request_id,
            self._scope["method"],
            # Quoted, so that a line break in a path can't forge a line.
            ascii(self._scope["path"]),
            self.status,
            (time.perf_counter() - self._began) * 1000,
        )


def _request_id(scope: Scope) -> str:
    callers = Headers(scope=scope).get("X-Request-ID", "")
    return callers if _CALLERS_ID.fullmatch(callers) else uuid.uuid4().hex


class CompressedPages:
    """Sends pages, and what they load, compressed.

    The API's JSON goes as it is: programs nearby read it, for whom time counts more than bytes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._compressed = GZipMiddleware(app, minimum_size=1_000, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        is_page = scope["type"] == "http" and not scope["path"].startswith("/v1/")
        await (self._compressed if is_page else self._plain)(scope, receive, send)


class BodyLimitMiddleware:
    """Refuses a body over `MAX_BODY`, by its declared length or as it arrives."""

    def __init__(self, app: ASGIApp, explained: Explained) -> None:
        self._app = app
        self._explained = explained

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] == "http" and _declared_length(scope) > MAX_BODY:
            await _drain(receive)
            await self._explained(_too_large(), Request(scope))(scope, receive, send)
            return
        await self._app(scope, _counted(receive), send)


def _declared_length(scope: Scope) -> int:
    declared = Headers(scope=scope).get("content-length", "0")
    return int(declared) if declared.isascii() and declared.isdigit() else 0


def _counted(receive: Receive) -> Receive:
    """`receive`, refusing once more than `MAX_BODY` bytes have come."""
    received = 0

    async def counting() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY:
            if message.get("more_body", False):
                await _drain(receive)
            raise _too_large()
        return message

    return counting


async def _drain(receive: Receive) -> None:
    """Reads on and forgets, since a caller whose body is cut off sees a reset, not the answer."""
    read, more = 0, True
    while more and read < _DRAINED:
        message = await receive()
        read += len(message.get("body", b""))
        more = message.get("more_body", False)


def _too_large() -> RefusedError:
    return RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, messages.too_large(MAX_BODY))

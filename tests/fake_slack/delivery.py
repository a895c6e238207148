"""How payloads reach a bot: signed over HTTP, or in envelopes through a WebSocket."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
import urllib.parse
import uuid
from typing import Any, NamedTuple, Protocol

import aiohttp
from aiohttp import web

from tests.fake_slack.workspace import SECRET, Json

ACK = 3.0
"""Seconds that a bot has to acknowledge."""
FORM = "application/x-www-form-urlencoded"


class Ack(NamedTuple):
    """What came back, and after how many seconds."""

    ok: bool
    seconds: float
    body: str = ""


class Delivery(Protocol):
    """A way to a bot."""

    async def send(self, kind: str, payload: Json, *, retry: int = 0) -> Ack:
        """Delivers once; `kind` is that of Socket Mode's envelopes."""


class Http:
    """Posts as Slack does, with its signature."""

    def __init__(self, url: str, session: aiohttp.ClientSession, secret: str = SECRET) -> None:
        self._url = url
        self._session = session
        self._secret = secret

    async def send(self, kind: str, payload: Json, *, retry: int = 0) -> Ack:
        """Delivers once."""
        body, content_type = _encoded(kind, payload)
        headers = signed(body, self._secret) | {"Content-Type": content_type}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        began = time.perf_counter()
        try:
            async with self._session.post(
                self._url, data=body, headers=headers, timeout=aiohttp.ClientTimeout(ACK)
            ) as got:
                text = await got.text()
                return Ack(got.status == 200, time.perf_counter() - began, text)
        except (aiohttp.ClientError, TimeoutError):
            return Ack(ok=False, seconds=time.perf_counter() - began)


def _encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    if kind == "slash_commands":
        return urllib.parse.urlencode(payload).encode(), FORM
    return urllib.parse.urlencode({"payload": json.dumps(payload)}).encode(), FORM


def signed(body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """The headers with which Slack signs a request."""
    timestamp = str(int(time.time() if at is None else at))
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


class Sockets:
    """Socket Mode: bots connect to it, and it sends through any that are open."""

    def __init__(self) -> None:
        self.open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self.connections = 0

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """`GET /socket`."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.open.append(socket)
        self.connections += 1
        try:
            async for message in socket:
                reply = json.loads(message.data)
                waiting = self._waiting.get(reply.get("envelope_id", ""))
                if waiting and not waiting.done():
                    waiting.set_result(reply)
        finally:
            self.open.remove(socket)
        return socket

    async def disconnect(self) -> None:
        """Asks every bot to connect anew, as Slack does every few hours."""
        for socket in list(self.open):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def reopened(self) -> None:
        """Returns when a bot is connected."""
        while not self.open:
            await asyncio.sleep(0.002)

    async def close(self) -> None:
        """Closes every connection."""
        for socket in list(self.open):
            await socket.close()

    async def send(self, kind: str, payload: Json, *, retry: int = 0) -> Ack:
        """Delivers once."""
        envelope = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[str(envelope["envelope_id"])] = waiting
        began = time.perf_counter()
        try:
            await self.open[-1].send_json(envelope)
            reply = await asyncio.wait_for(waiting, ACK)
        except (IndexError, ConnectionError, TimeoutError):
            return Ack(ok=False, seconds=time.perf_counter() - began)
        finally:
            del self._waiting[str(envelope["envelope_id"])]
        return Ack(True, time.perf_counter() - began, json.dumps(reply.get("payload", "")))

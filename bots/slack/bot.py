"""The bot put together: everything is built here, and taken apart in the reverse order."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from filelock import FileLock, Timeout
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bots.slack import operator_messages as messages
from bots.slack.client import ServiceClient
from bots.slack.desk import Desk, Pace
from bots.slack.events import Reader
from bots.slack.health import Health
from bots.slack.ledger import KEEP, Ledger
from bots.slack.listeners import Inbox, add_listeners
from bots.slack.parts import Links
from bots.slack.settings import Settings
from bots.slack.trouble import CAUGHT, Trouble, code, trouble
from bots.slack.windows import Windows

_log = logging.getLogger("saferplans.slack")

_TIMEOUT = 10
"""Seconds that Slack gets for one call."""
_RATE_LIMITED = 5
"""Times that a call waits as long as Slack's `Retry-After` says; then the desk takes over."""
_GRACE = 2
"""Seconds that work under way gets when the bot is stopped; what is left waits in the ledger."""
_SLACK_AWAY = 5
"""Seconds between attempts to reach Slack at the start."""


class StartError(Exception):
    """The bot can't start; the message says what to do."""


@dataclass(frozen=True)
class Bot:
    """A bot at work."""

    mode: str
    app: AsyncApp
    ledger: Ledger
    desk: Desk
    health: Health
    connected: Callable[[], Awaitable[bool]]
    """Whether Slack can reach the bot; in HTTP mode that is for the network to say."""


def web_client(settings: Settings, token: str | None = None) -> AsyncWebClient:
    """A client of Slack's Web API.

    It honours `Retry-After`, and repeats nothing else: whether a call whose answer was lost may be
    repeated is for the courier to say.
    """
    return AsyncWebClient(
        token=token,
        base_url=f"{settings.slack_api_url}/",
        timeout=_TIMEOUT,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=_RATE_LIMITED)],
    )


@asynccontextmanager
async def running(settings: Settings, pace: Pace | None = None) -> AsyncIterator[Bot]:
    """A bot at work until the block ends; in Socket Mode it is connected.

    Raises:
        StartError: another bot is at work, or Slack refuses the token.
    """
    async with AsyncExitStack() as stack:
        ledger = _ledger(settings, stack)
        client = web_client(settings, settings.slack_bot_token.get_secret_value())
        client.session = await stack.enter_async_context(
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT))
        )
        service = ServiceClient(settings.service_url, settings.service_timeout)
        stack.push_async_callback(service.close)
        identity = await _identity(client)
        health, links = Health(), Links(settings.public_url)
        pace = pace or Pace(patience=settings.patience)
        desk = Desk(client, service, ledger, health, links, pace)
        stack.push_async_callback(desk.rest, _GRACE)
        app = _app(settings, identity)
        inbox = Inbox(Reader(str(identity.bot_user_id)), ledger, desk)
        add_listeners(app, inbox, Windows(client, service, links, health))
        desk.resume()
        connected: Callable[[], Awaitable[bool]] = _reachable
        if settings.slack_mode == "socket":
            connected = await _connect(app, settings, stack)
        yield Bot(settings.slack_mode, app, ledger, desk, health, connected)


def _ledger(settings: Settings, stack: AsyncExitStack) -> Ledger:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{settings.ledger}.lock", timeout=0)
    try:
        stack.enter_context(lock)
    except Timeout as error:
        raise StartError(messages.another_bot(settings.ledger)) from error
    ledger = Ledger(settings.ledger)
    stack.callback(ledger.close)
    ledger.forget(time.time() - KEEP)
    return ledger


async def _identity(client: AsyncWebClient) -> AuthorizeResult:
    """Who the bot is in its workspace."""
    tested = await _patiently(client.auth_test, messages.refused_token)
    return AuthorizeResult.from_auth_test_response(
        bot_token=client.token, auth_test_response=tested
    )


async def _patiently(call: Callable[[], Any], refused: Callable[[str], str]) -> Any:
    """What a call gives, however long Slack is away.

    Raises:
        StartError: Slack refuses it.
    """
    while True:
        try:
            return await call()
        except CAUGHT as error:
            if trouble(error) is not Trouble.AWAY:
                raise StartError(refused(code(error))) from error
            _log.warning(messages.slack_away(_SLACK_AWAY))
            await asyncio.sleep(_SLACK_AWAY)


def _app(settings: Settings, identity: AuthorizeResult) -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        """One workspace, known from the start, so that no event is lost while Slack is away."""
        return identity

    return AsyncApp(
        name="saferplans",
        client=web_client(settings),  # the token comes with the identity
        authorize=authorize,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        request_verification_enabled=settings.slack_mode == "http",
    )


async def _connect(
    app: AsyncApp, settings: Settings, stack: AsyncExitStack
) -> Callable[[], Awaitable[bool]]:
    """Connects through Socket Mode; from then on Slack's client sees to reconnecting."""
    token = settings.slack_app_token.get_secret_value()
    # The handler would try a refused token for ever.
    await _patiently(
        lambda: app.client.apps_connections_open(app_token=token), messages.refused_app_token
    )
    handler = AsyncSocketModeHandler(app, token)
    stack.push_async_callback(handler.close_async)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    return handler.client.is_connected


async def _reachable() -> bool:
    return True

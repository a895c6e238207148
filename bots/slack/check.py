"""What `saferplans slack --check` looks at: tokens, permissions, the service, the ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

from slack_sdk.web.async_client import AsyncWebClient

from bots.slack import operator_messages as messages
from bots.slack.bot import web_client
from bots.slack.client import ServiceClient, ServiceError
from bots.slack.ledger import Ledger
from bots.slack.manifest import bot_scopes
from bots.slack.settings import PREFIX, Settings
from bots.slack.trouble import CAUGHT, Trouble, code, trouble


class Finding(NamedTuple):
    """One thing that was looked at."""

    good: bool
    sentence: str


async def findings(settings: Settings) -> AsyncIterator[Finding]:
    """Everything that the bot needs, and how to mend what is wrong."""
    client = web_client(settings, settings.slack_bot_token.get_secret_value())
    async for finding in _bot_token(client, settings):
        yield finding
    yield await _way_in(client, settings)
    yield await _service(settings)
    links = bool(settings.public_url)
    yield Finding(links, messages.LINKS_SET if links else messages.SET_PUBLIC_URL)
    yield _ledger(settings)


async def _bot_token(client: AsyncWebClient, settings: Settings) -> AsyncIterator[Finding]:
    if not settings.slack_bot_token.get_secret_value():
        yield _not_set("slack_bot_token", messages.BOT_AT)
        return
    try:
        tested = await client.auth_test()
    except CAUGHT as error:
        yield _slack_says_no(error, messages.refused_token(code(error)))
        return
    yield Finding(good=True, sentence=messages.works_as(tested["user"], tested["team"]))
    granted = str(tested.headers.get("x-oauth-scopes", "")).replace(" ", "").split(",")
    missing = sorted(bot_scopes() - set(granted))
    told = messages.scopes_missing(missing) if missing else messages.SCOPES_COMPLETE
    yield Finding(not missing, told)


async def _way_in(client: AsyncWebClient, settings: Settings) -> Finding:
    """Socket Mode needs the app-level token, HTTP mode the signing secret."""
    if settings.slack_mode == "http":
        given = bool(settings.slack_signing_secret.get_secret_value())
        absent = _not_set("slack_signing_secret", messages.SIGNING_AT)
        return Finding(good=True, sentence=messages.SIGNING_SET) if given else absent
    token = settings.slack_app_token.get_secret_value()
    if not token:
        return _not_set("slack_app_token", messages.APP_LEVEL_AT)
    try:
        await client.apps_connections_open(app_token=token)
    except CAUGHT as error:
        return _slack_says_no(error, messages.refused_app_token(code(error)))
    return Finding(good=True, sentence=messages.APP_LEVEL_WORKS)


async def _service(settings: Settings) -> Finding:
    client = ServiceClient(settings.service_url, settings.service_timeout)
    try:
        await client.ready()
    except ServiceError:
        return Finding(good=False, sentence=messages.service_unreachable(settings.service_url))
    finally:
        await client.close()
    return Finding(good=True, sentence=messages.SERVICE_READY)


def _ledger(settings: Settings) -> Finding:
    try:
        Ledger(settings.ledger).close()
    except (OSError, Ledger.UNUSABLE):
        return Finding(good=False, sentence=messages.not_writable(settings.ledger))
    return Finding(good=True, sentence=messages.LEDGER_WRITABLE)


def _not_set(name: str, where: str) -> Finding:
    return Finding(good=False, sentence=messages.not_set(f"{PREFIX}{name.upper()}", where))


def _slack_says_no(error: Exception, refused: str) -> Finding:
    away = trouble(error) is Trouble.AWAY
    return Finding(
        good=False, sentence=messages.slack_unreachable(code(error)) if away else refused
    )

"""Answers that only the asker sees, through a command's response address."""

from __future__ import annotations

import hashlib

from slack_sdk.errors import SlackClientError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bots.slack.events import Asked
from bots.slack.ledger import Ledger
from bots.slack.replies import Message

_TIMEOUT = 10
_OK = 200
_OVER = 404
"""The address is used up: five answers, or half an hour."""


class NotTakenError(SlackClientError):
    """The response address didn't take an answer; it may later."""


async def answer_privately(ledger: Ledger, asked: Asked, message: Message) -> None:
    """Answers a command; the same message is not sent twice.

    Raises:
        NotTakenError: Slack didn't take it.
    """
    blocks = [block.to_dict() for block in message.blocks]
    digest = hashlib.sha256(repr((message.text, blocks)).encode()).hexdigest()
    known = ledger.post(asked.key, digest)
    if known and known.ts:
        return
    webhook = AsyncWebhookClient(asked.response_url, timeout=_TIMEOUT, retry_handlers=[])
    got = await webhook.send(text=message.text, blocks=blocks or None, response_type="ephemeral")
    if got.status_code not in {_OK, _OVER}:
        raise NotTakenError(f"status {got.status_code}")
    ledger.posted(asked.key, digest, asked.response_url, digest)

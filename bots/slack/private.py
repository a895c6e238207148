"""What only one person sees: sent to the response address of their command or button.

It works wherever they are, also where the bot isn't.
"""

from __future__ import annotations

import hashlib
import logging
from http import HTTPStatus
from typing import Any

from slack_sdk.errors import SlackClientError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bots.slack.events import Asked
from bots.slack.ledger import Ledger
from bots.slack.replies import Message

_log = logging.getLogger("saferplans.slack.private")

_TIMEOUT = 10


class NotTakenError(SlackClientError):
    """The response address didn't take an answer; it may later."""


async def whisper(response_url: str, message: Message, thread: str = "") -> None:
    """Sends a message that only one person sees.

    Raises:
        NotTakenError: Slack didn't take it.
    """
    blocks = [block.to_dict() for block in message.blocks]
    body: dict[str, Any] = {"text": message.text, "response_type": "ephemeral"}
    body |= {"replace_original": False} | ({"blocks": blocks} if blocks else {})
    body |= {"thread_ts": thread} if thread else {}
    webhook = AsyncWebhookClient(response_url, timeout=_TIMEOUT, retry_handlers=[])
    got = await webhook.send_dict(body)
    if got.status_code == HTTPStatus.NOT_FOUND:
        # Five messages were sent to it, or half an hour has passed: nothing more can be said there.
        _log.error("a response address is used up")
    elif got.status_code != HTTPStatus.OK:
        raise NotTakenError(f"status {got.status_code}")


async def answer_privately(ledger: Ledger, asked: Asked, message: Message) -> None:
    """Answers a command; the same message is not sent twice.

    Raises:
        NotTakenError: Slack didn't take it.
    """
    blocks = [block.to_dict() for block in message.blocks]
    digest = hashlib.sha256(repr((message.text, blocks)).encode()).hexdigest()
    if ledger.post(asked.key, digest):
        return
    await whisper(asked.response_url, message)
    ledger.posted(asked.key, digest, asked.response_url, digest)

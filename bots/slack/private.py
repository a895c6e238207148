"""What only one person sees: sent to the response address of their command or button.

It works wherever they are, also where the bot isn't.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from slack_sdk.errors import SlackClientError
from slack_sdk.models.blocks import ActionsBlock
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bots.slack import messages
from bots.slack.actions import AGAIN
from bots.slack.events import Asked
from bots.slack.ledger import Ledger
from bots.slack.markup import escape
from bots.slack.parts import button, rich, section, words
from bots.slack.replies import Message, digest_of

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
    """Answers a command or a button; the same message is not sent twice.

    Nothing that was sent there can be looked for. Where it is unknown whether Slack took a message,
    the asker is told, with a button to ask again.

    Raises:
        NotTakenError: Slack didn't take it.
    """
    digest = digest_of(message)
    known = ledger.post(asked.key, digest)
    if known and known.ts is None:
        message = _unsure(asked)
    if known is None or known.ts is None:
        ledger.posting(asked.key, digest, digest)
        await _noted_if_refused(ledger, asked, digest, message)
        ledger.posted(asked.key, digest, asked.response_url, digest)


async def _noted_if_refused(ledger: Ledger, asked: Asked, part: str, message: Message) -> None:
    try:
        await whisper(asked.response_url, message)
    except NotTakenError:
        ledger.unposted(asked.key, part)  # certainly not there
        raise


def _unsure(asked: Asked) -> Message:
    sentence = messages.perhaps_answered(asked.text)
    again = button(AGAIN, messages.ASK_AGAIN, asked.text or " ", messages.ASK_AGAIN)
    return Message(
        escape(sentence), (rich(section([words(sentence)])), ActionsBlock(elements=[again]))
    )

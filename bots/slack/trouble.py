"""What Slack's errors mean for what happens next."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError


class Trouble(Enum):
    """What stands in the way."""

    AWAY = auto()
    """Slack can't be reached or is too busy: the same call may work later."""
    TOKEN = auto()
    """The token is refused: nothing works until somebody installs the app again."""
    SCOPE = auto()
    """The app lacks a permission: this call doesn't work until somebody adds it."""
    PLACE = auto()
    """The bot may not write there."""
    BLOCKS = auto()
    """The message's blocks are refused: the text alone may pass."""
    GONE = auto()
    """The message that should be changed is no longer there."""
    FIXED = auto()
    """The message is there and may not be changed any more."""
    OTHER = auto()
    """Anything else; tried again, in case it passes."""


_MEANING = {
    Trouble.AWAY: (
        "ratelimited rate_limited internal_error fatal_error service_unavailable request_timeout"
    ),
    Trouble.TOKEN: (
        "invalid_auth not_authed token_revoked token_expired account_inactive org_login_required"
        " no_permission access_denied"
    ),
    Trouble.SCOPE: "missing_scope not_allowed_token_type",
    Trouble.PLACE: (
        "channel_not_found not_in_channel is_archived restricted_action thread_not_found"
        " restricted_action_read_only_channel restricted_action_thread_only_channel"
        " restricted_action_thread_locked cannot_reply_to_message messages_tab_disabled"
    ),
    Trouble.BLOCKS: (
        "invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long"
        " only_one_table_allowed block_mismatch"
    ),
    Trouble.GONE: "message_not_found",
    Trouble.FIXED: "edit_window_closed cant_update_message",
}
_CODES = {code: trouble for trouble, codes in _MEANING.items() for code in codes.split()}

CAUGHT = (SlackClientError, aiohttp.ClientError, asyncio.TimeoutError)
"""What a call of Slack's Web API can raise."""


def trouble(error: Exception) -> Trouble:
    """What an error of `CAUGHT` means."""
    if not isinstance(error, SlackApiError):
        return Trouble.AWAY
    status = getattr(error.response, "status_code", 200)
    if status >= 500:
        return Trouble.AWAY
    return _CODES.get(code(error), Trouble.OTHER)


def code(error: Exception) -> str:
    """Slack's name for an error, or the kind of failure."""
    return str(_body(error).get("error") or type(error).__name__)


def needed_scope(error: Exception) -> str:
    """The permission that `missing_scope` asks for."""
    return str(_body(error).get("needed", ""))


def details(error: Exception) -> object:
    """What Slack says is wrong with a call's arguments."""
    return (_body(error).get("response_metadata") or {}).get("messages", "")


def _body(error: Exception) -> Mapping[str, Any]:
    # What isn't JSON, such as a gateway's page, is kept as text.
    body = getattr(getattr(error, "response", None), "data", None)
    return body if isinstance(body, Mapping) else {}

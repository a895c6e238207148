"""What Slack's events mean for the bot: asked, edited, withdrawn, overheard, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from bots.slack import messages
from bots.slack.markup import mentions, plain

_WORDS = re.compile(r"[a-z]+")


class Kind(StrEnum):
    """How a question reached the bot."""

    MENTION = "mention"
    DIRECT = "direct"
    FOLLOW_UP = "follow-up"
    COMMAND = "command"
    SHARED = "shared"


class Asked(BaseModel):
    """A question, with all that is needed to answer it, in this process or a later one."""

    model_config = ConfigDict(frozen=True)

    key: str
    """The same for every delivery of one question, whatever event brought it."""
    kind: Kind
    channel: str
    user: str
    text: str
    ts: str = ""
    """When it was said: a message's timestamp, which is its id in the channel."""
    thread: str = ""
    """The timestamp under which the answer goes; empty for the channel itself."""
    edited: str = ""
    """The timestamp of its last edit."""
    response_url: str = ""
    """Where a command is answered."""
    answer_id: str = ""
    """The answer that is shared."""


class Edited(NamedTuple):
    """A message that now reads otherwise."""

    asked: Asked
    mentions_others: bool


class Withdrawn(NamedTuple):
    """A message that was deleted."""

    key: str


class Said(NamedTuple):
    """A new message; `FOLLOW_UP` is a question only if the bot is in the thread."""

    asked: Asked
    mentions_others: bool


Event = Edited | Withdrawn | Said

_READ = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""Subtypes of messages that people write."""


class Reader:
    """Reads events on behalf of one bot user."""

    def __init__(self, bot_user: str) -> None:
        self._bot_user = bot_user

    def read(self, event: Mapping[str, Any]) -> Event | None:
        """What an `app_mention` or `message` event means; None for what isn't for the bot."""
        channel, subtype = event.get("channel", ""), event.get("subtype")
        if subtype == "message_deleted":
            return Withdrawn(key_of(channel, event.get("deleted_ts", "")))
        if subtype == "message_changed":
            return self._changed(event, channel)
        if subtype not in _READ or not self._by_person(event):
            return None
        return Said(*self._asked(event, channel))

    def _changed(self, event: Mapping[str, Any], channel: str) -> Event | None:
        now, before = event.get("message", {}), event.get("previous_message", {})
        if now.get("subtype") == "tombstone":
            return Withdrawn(key_of(channel, now.get("ts", "")))
        # Slack also sends this where only a preview of a link was added.
        if not self._by_person(now) or now.get("text") == before.get("text"):
            return None
        asked, mentions_others = self._asked(now, channel)
        edited = now.get("edited", {}).get("ts") or event.get("ts", "")
        return Edited(asked.model_copy(update={"edited": edited}), mentions_others)

    def _by_person(self, message: Mapping[str, Any]) -> bool:
        user = message.get("user")
        return bool(user) and user != self._bot_user and not message.get("bot_id")

    def _asked(self, message: Mapping[str, Any], channel: str) -> tuple[Asked, bool]:
        text, ts = message.get("text", ""), message.get("ts", "")
        mentioned = mentions(text)
        asked = Asked(
            key=key_of(channel, ts),
            kind=self._kind(mentioned, channel),
            channel=channel,
            user=message["user"],
            text=plain(text),
            ts=ts,
            thread=message.get("thread_ts") or ts,
        )
        return asked, bool(mentioned - {self._bot_user})

    def _kind(self, mentioned: frozenset[str], channel: str) -> Kind:
        # Ids of direct messages begin with D.
        if channel.startswith("D"):
            return Kind.DIRECT
        return Kind.MENTION if self._bot_user in mentioned else Kind.FOLLOW_UP


def key_of(channel: str, ts: str) -> str:
    """The key of a message: a channel has one message for each timestamp."""
    return f"{channel}:{ts}"


def is_courtesy(text: str) -> bool:
    """Whether a remark asks nothing: 'thanks, that is great'."""
    return "?" not in text and set(_WORDS.findall(text.lower())) <= messages.COURTESIES

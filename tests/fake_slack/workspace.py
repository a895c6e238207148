"""What is in the workspace: channels, messages, windows, files, and faults that are to happen."""

from __future__ import annotations

import itertools
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

BOT_USER, BOT_ID, TEAM, APP = "U0BOT", "B0BOT", "T0SAFER", "A0SAFER"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-fake", "xapp-fake", "fake-signing-secret"

Json = dict[str, Any]


@dataclass
class Channel:
    """A channel, with its messages in the order in which they came."""

    id: str
    name: str
    member: bool = True
    """Whether the bot is in it."""
    public: bool = True
    archived: bool = False
    messages: list[Json] = field(default_factory=list)


@dataclass(frozen=True)
class Fault:
    """What happens to one call: an error, a status, or an answer that is lost on its way."""

    error: str = ""
    status: int = 200
    retry_after: int = 0
    lost: bool = False
    """The call works, and its caller never hears of it."""
    extra: Json = field(default_factory=dict)


Faults = Callable[[str, Json], Fault | None]


@dataclass
class Workspace:
    """Everything, in memory."""

    scopes: set[str]
    channels: dict[str, Channel] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    views: dict[str, Json] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    ephemeral: list[Json] = field(default_factory=list)
    files: dict[str, Json] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    statuses: list[str] = field(default_factory=list)
    responses: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    calls: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    """Calls that broke a documented rule; a test that expects none looks here."""
    token: str = BOT_TOKEN
    faults: Faults = lambda _method, _call: None
    _counter: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def now(self) -> str:
        """A timestamp that no other message has."""
        return f"{int(time.time())}.{next(self._counter):06d}"

    def new_id(self, prefix: str) -> str:
        """An id that nothing else has."""
        return f"{prefix}{next(self._counter):09d}"

    def channel(self, name: str, **more: Any) -> Channel:
        """A new channel."""
        made = Channel(self.new_id("C"), name, **more)
        self.channels[made.id] = made
        return made

    def direct(self, user: str) -> Channel:
        """The direct messages between the bot and somebody."""
        name = f"@{user}"
        known = [each for each in self.channels.values() if each.name == name]
        if known:
            return known[0]
        made = Channel(self.new_id("D"), name, public=False)
        self.channels[made.id] = made
        return made

    def said(self, channel: Channel, user: str, text: str, thread: str = "") -> Json:
        """Somebody writes; the text is as Slack stores it."""
        ts = self.now()
        message = {"type": "message", "user": user, "text": text, "ts": ts, "team": TEAM}
        if thread:
            message["thread_ts"] = thread
        channel.messages.append(message)
        return message

    def by_bot(self, channel: Channel, thread: str = "") -> list[Json]:
        """What the bot has posted, or what of it is in a thread."""
        return [
            each
            for each in channel.messages
            if each.get("user") == BOT_USER and (not thread or each.get("thread_ts") == thread)
        ]

    def answers_to(self, message: Json, channel: Channel) -> list[Json]:
        """The bot's messages in the thread of a message."""
        return self.by_bot(channel, message.get("thread_ts") or message["ts"])

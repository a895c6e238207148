"""What the bot listens to. A question is noted down, then acknowledged, then answered."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse

from bots.slack import actions
from bots.slack.desk import Desk
from bots.slack.events import Asked, Edited, Kind, Reader, Said, Withdrawn, is_courtesy
from bots.slack.ledger import Ledger
from bots.slack.markup import plain
from bots.slack.windows import Windows

COMMAND = "/plans"
_PASSAGE = re.compile(rf"^{actions.PASSAGE}:\d+$")

_Listener = Callable[..., Awaitable[None]]


class Inbox:
    """Notes what was received, once, and hands questions on to the desk."""

    def __init__(self, reader: Reader, ledger: Ledger, desk: Desk) -> None:
        self._reader = reader
        self._ledger = ledger
        self._desk = desk

    async def receive(
        self,
        body: Mapping[str, Any],
        next: Callable[[], Awaitable[Any]],  # noqa: A002 - Bolt's
    ) -> BoltResponse | None:
        """Notes an event before Bolt acknowledges it; what was delivered before goes no further."""
        with self._ledger.transaction():
            fresh = self._ledger.first_delivery(body["event_id"])
            key = self._note(body["event"]) if fresh else None
        if key:
            self._desk.begin(key)
        if not fresh:
            return BoltResponse(status=200)
        await next()
        return None

    def take(self, asked: Asked) -> None:
        """Notes what came by a command or a button, and begins to work on it."""
        if self._ledger.take(asked):
            self._desk.begin(asked.key)

    def _note(self, event: Mapping[str, Any]) -> str | None:
        """The key of the question that there is to work on now."""
        match self._reader.read(event):
            case Withdrawn(key):
                self._ledger.withdraw(key)
            case Edited(asked, mentions_others):
                return self._edited(asked, mentions_others=mentions_others)
            case Said(asked, mentions_others):
                return self._said(asked, mentions_others=mentions_others)
        return None

    def _edited(self, asked: Asked, *, mentions_others: bool) -> str | None:
        if self._ledger.entry(asked.key):
            return asked.key if self._ledger.amend(asked) else None
        # The edit came before the message itself, or made a question of it.
        return self._said(asked, mentions_others=mentions_others)

    def _said(self, asked: Asked, *, mentions_others: bool) -> str | None:
        if asked.kind is Kind.FOLLOW_UP:
            if mentions_others or not self._ledger.follows(asked):
                self._ledger.overhear(asked)
                return None
            if is_courtesy(asked.text):
                return None
        return asked.key if self._ledger.take(asked) else None


def add_listeners(app: AsyncApp, inbox: Inbox, windows: Windows) -> None:
    """Registers everything that the manifest names."""
    app.event("app_mention", middleware=[inbox.receive])(_noted)
    app.event("message", middleware=[inbox.receive])(_noted)
    app.event("app_home_opened")(windows.opened)
    app.command(COMMAND)(_command(inbox))
    app.action(_PASSAGE)(windows.passage)
    app.action(actions.REST)(windows.rest)
    app.action(actions.MORE_OF_REST)(windows.more_of_rest)
    app.action(actions.FEEDBACK)(windows.feedback)
    app.action(actions.SOURCE)(_link_followed)
    app.action(actions.SHARE)(_share(inbox))
    app.action(actions.AGAIN)(_again(inbox))
    app.view(actions.REASON)(windows.reason)


async def _noted() -> None:
    """The inbox has done it all; Bolt needs a listener to acknowledge for."""


async def _link_followed(ack: AsyncAck) -> None:
    await ack()


def _command(inbox: Inbox) -> _Listener:
    async def ask(ack: AsyncAck, command: Mapping[str, Any]) -> None:
        inbox.take(
            Asked(
                key=f"command:{command['trigger_id']}",
                kind=Kind.COMMAND,
                channel=command["channel_id"],
                user=command["user_id"],
                text=plain(command.get("text", "")),
                response_url=command["response_url"],
            )
        )
        await ack()

    return ask


def _share(inbox: Inbox) -> _Listener:
    async def share(ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any]) -> None:
        # One private message is shared once, however often its button is pressed.
        inbox.take(
            Asked(
                key=f"shared:{body['channel']['id']}:{body['container']['message_ts']}",
                kind=Kind.SHARED,
                channel=body["channel"]["id"],
                user=body["user"]["id"],
                text="",
                response_url=body["response_url"],
                answer_id=action["value"],
            )
        )
        await ack()

    return share


def _again(inbox: Inbox) -> _Listener:
    async def again(ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any]) -> None:
        inbox.take(
            Asked(
                key=f"again:{body['channel']['id']}:{body['container']['message_ts']}",
                kind=Kind.COMMAND,
                channel=body["channel"]["id"],
                user=body["user"]["id"],
                text=action["value"].strip(),
                response_url=body["response_url"],
            )
        )
        await ack()

    return again

"""From an open question to a posted answer: tried until it works, told where it takes long."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from contextlib import suppress
from typing import NamedTuple

from slack_sdk.web.async_client import AsyncWebClient

from bots.slack import messages, replies
from bots.slack.client import DownError, GoneError, RefusedError, ServiceClient, SlowError
from bots.slack.courier import Courier
from bots.slack.events import Asked, Kind
from bots.slack.health import Health
from bots.slack.help import help_reply
from bots.slack.ledger import Entry, Ledger
from bots.slack.parts import Links
from bots.slack.private import answer_privately
from bots.slack.trouble import CAUGHT, Trouble, code, needed_scope, trouble
from service.schemas import MAX_QUESTION, Answer, Status

_log = logging.getLogger("saferplans.slack.desk")


class Pace(NamedTuple):
    """Seconds between attempts, doubling from `first` to `most`, and in all."""

    first: float = 0.5
    most: float = 30
    patience: float = 900

    def pause(self, attempt: int) -> float:
        """How long to wait after an attempt, counted from 1."""
        return float(min(self.first * 2 ** (attempt - 1), self.most))


class _Composed(NamedTuple):
    """A reply, and the answer's text for the questions that follow; no reply where none is due."""

    reply: replies.Reply | None
    answer: str | None = None


def reference(key: str) -> str:
    """The id of a question in messages and logs."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]


class Desk:
    """Works on open questions, each in a task of its own."""

    def __init__(
        self,
        client: AsyncWebClient,
        service: ServiceClient,
        ledger: Ledger,
        health: Health,
        links: Links,
        pace: Pace | None = None,
    ) -> None:
        self._client = client
        self._service = service
        self._ledger = ledger
        self._courier = Courier(client, ledger)
        self._health = health
        self._links = links
        self._pace = pace or Pace()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def begin(self, key: str) -> None:
        """Sees to it that a question is worked on, with its newest words."""
        if key not in self._tasks:
            task = asyncio.create_task(self._work(key), name=key)
            self._tasks[key] = task
            task.add_done_callback(lambda _: self._tasks.pop(key, None))

    @property
    def busy(self) -> bool:
        """Whether anything is being worked on."""
        return bool(self._tasks)

    def resume(self) -> None:
        """Takes up what an earlier process left open."""
        for key in self._ledger.unanswered():
            self.begin(key)

    async def rest(self, seconds: float) -> None:
        """Lets the work under way come to an end; what doesn't is taken up after the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)
        for task in list(self._tasks.values()):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _work(self, key: str) -> None:
        attempt = 0
        while (entry := self._ledger.entry(key)) and entry.is_open:
            attempt += 1
            try:
                done = await self._attempt(entry, attempt)
            except Exception:
                _log.exception("ref=%s failed", reference(key))
                done = await self._close(entry, messages.went_wrong(reference(key)))
            if not done:
                await asyncio.sleep(self._pace.pause(attempt))

    async def _attempt(self, entry: Entry, attempt: int) -> bool:
        """Whether the question is done with, or to be read again at once."""
        ref = reference(entry.asked.key)
        late = self._is_late(entry)
        try:
            composed = await self._compose(entry.asked, ref)
        except DownError as error:
            _log.warning("ref=%s attempt=%d service down: %s", ref, attempt, error)
            # A restart of the service takes seconds, and need not be told of.
            notice = messages.service_down(ref) if attempt > 1 else None
            return await self._postpone(entry, notice, late=late)
        except SlowError as error:
            _log.warning("ref=%s attempt=%d service slow: %s", ref, attempt, error)
            return await self._postpone(entry, messages.service_slow(ref), late=late)
        if self._ledger.entry(entry.asked.key) != entry:
            return True  # edited or deleted meanwhile: what was composed is of no use
        return await self._deliver(entry, composed)

    def _is_late(self, entry: Entry) -> bool:
        return time.time() - entry.received > self._pace.patience

    # The reply

    async def _compose(self, asked: Asked, ref: str) -> _Composed:
        if asked.text.lower() in messages.HELP_WORDS and asked.kind is not Kind.SHARED:
            silent = asked.kind is Kind.FOLLOW_UP
            return _Composed(None if silent else await help_reply(self._service, ref))
        if len(asked.text) > MAX_QUESTION:
            return _Composed(replies.plain(messages.QUESTION_TOO_LONG))
        try:
            answer = await self._answer(asked, ref)
        except GoneError:
            return _Composed(replies.plain(messages.ANSWER_GONE))
        except RefusedError as error:
            _log.error("ref=%s refused: %s", ref, error)
            return _Composed(replies.plain(messages.went_wrong(ref)))
        if asked.kind is Kind.FOLLOW_UP and answer.status is Status.UNCLEAR:
            return _Composed(None)  # a remark, not a question
        private = asked.kind is Kind.COMMAND
        reply = replies.answer_reply(answer, self._links, private=private)
        if asked.kind is Kind.SHARED:
            reply = replies.shared(reply, asked.user, answer.question)
        return _Composed(reply, answer.text)

    async def _answer(self, asked: Asked, ref: str) -> Answer:
        if asked.kind is Kind.SHARED:
            return await self._service.answer(asked.answer_id, f"slack-{ref}")
        if asked.kind is Kind.DIRECT:
            await self._show_status(asked)
        history = self._ledger.history(asked) if asked.thread else ()
        return await self._service.ask(asked.text, history, f"slack-{ref}")

    async def _show_status(self, asked: Asked) -> None:
        """Shows that the bot is at work; a nicety, so no failure of it is told."""
        try:
            await self._client.assistant_threads_setStatus(
                channel_id=asked.channel, thread_ts=asked.thread, status=messages.STATUS
            )
        except CAUGHT as error:
            _log.debug("no status: %s", code(error))

    # Its delivery

    async def _deliver(self, entry: Entry, composed: _Composed) -> bool:
        try:
            await self._send(entry.asked, composed.reply)
        except CAUGHT as error:
            return await self._undelivered(entry, error)
        self._health.delivered()
        self._ledger.finish(entry.asked.key, entry.version, composed.answer)
        if entry.asked.kind is Kind.SHARED:
            await self._tell_asker(entry.asked, messages.SHARED)
        _log.info("ref=%s kind=%s answered", reference(entry.asked.key), entry.asked.kind)
        return True

    async def _send(self, asked: Asked, reply: replies.Reply | None) -> None:
        if reply is None:
            return
        if asked.kind is Kind.COMMAND:
            await answer_privately(self._ledger, asked, reply.message)
        else:
            await self._courier.deliver(asked, reply)

    async def _undelivered(self, entry: Entry, error: Exception) -> bool:
        ref, kind = reference(entry.asked.key), trouble(error)
        _log.error("ref=%s slack: %s %s", ref, code(error), needed_scope(error))
        if kind in {Trouble.TOKEN, Trouble.SCOPE}:
            self._health.refused(code(error), needed_scope(error))
        if kind is Trouble.PLACE:
            shared = entry.asked.kind is Kind.SHARED
            told = messages.not_shared(ref) if shared else messages.cannot_post_there(ref)
            await self._tell_asker(entry.asked, told)
        if kind is Trouble.PLACE or self._is_late(entry):
            _log.error("ref=%s closed without an answer", ref)
            self._ledger.finish(entry.asked.key, entry.version, None)
            return True
        return False

    async def _tell_asker(self, asked: Asked, sentence: str) -> None:
        """Tells the asker alone, where they pressed a button or in a direct message."""
        message = replies.plain(sentence).message
        try:
            if asked.response_url:
                await answer_privately(self._ledger, asked, message)
            else:
                await self._client.chat_postMessage(channel=asked.user, text=message.text)
        except CAUGHT as error:
            _log.error("ref=%s can't be told: %s", reference(asked.key), code(error))

    async def _postpone(self, entry: Entry, notice: str | None, *, late: bool) -> bool:
        """Says that the answer takes long, or at the end of patience that there is none."""
        if late:
            return await self._close(entry, messages.gave_up(reference(entry.asked.key)))
        if notice:
            with suppress(*CAUGHT):
                await self._send(entry.asked, replies.plain(notice))
        return False

    async def _close(self, entry: Entry, sentence: str) -> bool:
        """Closes a question without an answer, once the asker is told."""
        _log.error("ref=%s no answer: %s", reference(entry.asked.key), sentence)
        return await self._deliver(entry, _Composed(replies.plain(sentence)))

"""Posts every part of a reply once, and changes it in place when the answer changes.

Slack has no idempotency key, so a call whose answer was lost may have worked. Each message carries
its question's key as metadata: a part whose fate is unknown is looked for before it is posted anew.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bots.slack import messages
from bots.slack.events import Asked
from bots.slack.ledger import Ledger
from bots.slack.markup import escape
from bots.slack.replies import Message, Reply, Sheet, digest_of
from bots.slack.trouble import Trouble, code, details, trouble

_log = logging.getLogger("saferplans.slack.courier")

EVENT_TYPE = "saferplans_reply"
ANSWER, SHEET = "answer", "sheet"
_PAGE = 200
"""Messages that Slack gives at once when a thread is read."""


class Courier:
    """Delivers replies to the places where questions were asked."""

    def __init__(self, client: AsyncWebClient, ledger: Ledger) -> None:
        self._client = client
        self._ledger = ledger

    async def deliver(self, asked: Asked, reply: Reply) -> None:
        """Posts what is new of a reply, changes what differs, removes what is left over."""
        top = await self._put(asked, ANSWER, reply.message, asked.thread)
        thread = asked.thread or top
        parts = {str(number): part for number, part in enumerate(reply.thread, 2)}
        for name, part in parts.items():
            await self._put(asked, name, part, thread)
        await self._put_sheet(asked, reply.sheet, thread)
        for name in self._ledger.posts(asked.key).keys() - {ANSWER, SHEET, *parts}:
            await self._remove(asked, name)

    # Messages

    async def _put(self, asked: Asked, part: str, message: Message, thread: str) -> str:
        digest = digest_of(message)
        known = self._ledger.post(asked.key, part)
        ts = known.ts if known else None
        if known and ts is None:
            ts = await self._find(asked, thread, lambda each: _carries(each, asked.key, part))
        elif known and known.digest == digest:
            return str(ts)
        if ts and await self._changed(asked.channel, ts, message):
            self._ledger.posted(asked.key, part, ts, digest)
            return ts
        self._ledger.posting(asked.key, part, digest)
        ts = await self._post(asked, part, message, thread)
        self._ledger.posted(asked.key, part, ts, digest)
        return ts

    async def _post(self, asked: Asked, part: str, message: Message, thread: str) -> str:
        payload = {"question": asked.key, "part": part}
        posted = await self._with_blocks(
            self._client.chat_postMessage,
            message,
            channel=asked.channel,
            thread_ts=thread or None,
            metadata={"event_type": EVENT_TYPE, "event_payload": payload},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(posted["ts"])

    async def _changed(self, channel: str, ts: str, message: Message) -> bool:
        """Changes a message; False where it may not be changed, so that it is posted anew."""
        try:
            await self._with_blocks(self._client.chat_update, message, channel=channel, ts=ts)
        except SlackApiError as error:
            # One that somebody deleted is left alone.
            if trouble(error) not in {Trouble.GONE, Trouble.FIXED}:
                raise
            return trouble(error) is Trouble.GONE
        return True

    async def _with_blocks(self, call: Any, message: Message, **where: Any) -> Any:
        """Sends a message; if Slack refuses its blocks, its text: no answer is lost for them."""
        blocks = [block.to_dict() for block in message.blocks]
        try:
            return await call(text=message.text, blocks=blocks, **where)
        except SlackApiError as error:
            if trouble(error) is not Trouble.BLOCKS or not blocks:
                raise
            _log.error(
                "blocks refused (%s), the text is sent alone: %s", code(error), details(error)
            )
            return await call(text=message.text, blocks=[], **where)

    async def _remove(self, asked: Asked, part: str) -> None:
        known = self._ledger.post(asked.key, part)
        if known and known.ts:
            try:
                await self._client.chat_delete(channel=asked.channel, ts=known.ts)
            except SlackApiError as error:
                if trouble(error) is not Trouble.GONE:
                    raise
        self._ledger.unposted(asked.key, part)

    # The file

    async def _put_sheet(self, asked: Asked, sheet: Sheet | None, thread: str) -> None:
        digest = hashlib.sha256(sheet.content).hexdigest() if sheet else ""
        known = self._ledger.post(asked.key, SHEET)
        if known and known.ts and known.digest != digest:
            await self._remove_file(known.ts)
            self._ledger.unposted(asked.key, SHEET)
            known = None
        if sheet is None or (known and known.ts):
            return
        found = (
            await self._find(asked, thread, lambda each: _holds(each, sheet.name))
            if known
            else None
        )
        self._ledger.posting(asked.key, SHEET, digest)
        uploaded = found or await self._upload(asked, sheet, thread)
        self._ledger.posted(asked.key, SHEET, uploaded, digest)

    async def _upload(self, asked: Asked, sheet: Sheet, thread: str) -> str:
        try:
            uploaded = await self._client.files_upload_v2(
                filename=sheet.name,
                title=sheet.title,
                content=sheet.content,
                channel=asked.channel,
                thread_ts=thread,
            )
        except SlackApiError as error:
            if trouble(error) is not Trouble.SCOPE:
                raise
            _log.error("the CSV file can't be attached: the app lacks files:write")
            await self._post(asked, SHEET, Message(escape(messages.NO_FILE)), thread)
            return ""
        return str(uploaded["file"]["id"])

    async def _remove_file(self, file: str) -> None:
        try:
            await self._client.files_delete(file=file)
        except SlackApiError as error:
            _log.warning("an outdated file stays in the thread: %s", code(error))

    # What may be there already

    async def _find(self, asked: Asked, thread: str, is_it: Any) -> str | None:
        try:
            async for message in self._messages(asked.channel, thread):
                if found := is_it(message):
                    return str(found)
        except SlackApiError as error:
            if trouble(error) is not Trouble.PLACE:
                raise
        return None

    async def _messages(self, channel: str, thread: str) -> AsyncIterator[Mapping[str, Any]]:
        cursor: str | None = None
        while True:
            page = await self._page(channel, thread, cursor)
            for message in page.get("messages") or []:
                yield message
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            # A channel's history is endless; what was just posted is on its first page.
            if not cursor or not thread:
                return

    async def _page(self, channel: str, thread: str, cursor: str | None) -> AsyncSlackResponse:
        if not thread:
            return await self._client.conversations_history(
                channel=channel, include_all_metadata=True, limit=_PAGE
            )
        return await self._client.conversations_replies(
            channel=channel, ts=thread, include_all_metadata=True, limit=_PAGE, cursor=cursor
        )


def _carries(message: Mapping[str, Any], key: str, part: str) -> str | None:
    metadata = message.get("metadata", {})
    ours = metadata.get("event_type") == EVENT_TYPE
    right = metadata.get("event_payload") == {"question": key, "part": part}
    return message["ts"] if ours and right else None


def _holds(message: Mapping[str, Any], name: str) -> str | None:
    return next((each["id"] for each in message.get("files", []) if each["name"] == name), None)

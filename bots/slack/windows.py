"""What opens beside the conversation: passages, the other plans, reasons, the home page."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bots.slack import actions, messages, views
from bots.slack.client import GoneError, ServiceClient, ServiceError
from bots.slack.health import Health
from bots.slack.help import home, home_without_plans, prompts
from bots.slack.parts import Links
from bots.slack.private import whisper
from bots.slack.replies import plain
from bots.slack.trouble import CAUGHT, Trouble, code, needed_scope, trouble

_log = logging.getLogger("saferplans.slack.windows")


class Window(NamedTuple):
    """What a window shows: its title, its content once it is there, or that it is gone."""

    title: str
    fill: Callable[[str], Awaitable[View]]
    gone: str


class Windows:
    """Opens windows at once, and fills them when the service has answered.

    Slack lets a window be opened for three seconds only, so none waits for the service.
    """

    def __init__(
        self, client: AsyncWebClient, service: ServiceClient, links: Links, health: Health
    ) -> None:
        self._client = client
        self._service = service
        self._links = links
        self._health = health

    # Buttons

    async def passage(
        self, ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any]
    ) -> None:
        """Opens a citation's passage with its neighbours."""
        await ack()
        cited = actions.cited(action["value"])

        async def fill(request_id: str) -> View:
            passage = await self._service.passage(cited.passage_id, request_id)
            around = [
                (await self._service.passage(each, request_id)).text if each else ""
                for each in (passage.previous, passage.next)
            ]
            return views.passage(passage, cited, around[0], around[1], self._links)

        await self._open(body, Window(messages.PASSAGE_TITLE, fill, messages.PASSAGE_GONE))

    async def rest(self, ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any]) -> None:
        """Opens what the plans that don't name the topic have nearest to it."""
        await ack()
        await self._open(body, self._rest_from(action["value"], 0))

    async def more_of_rest(
        self, ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any]
    ) -> None:
        """Shows the next plans in the same window."""
        await ack()
        answer_id, _, first = action["value"].partition(":")
        await self._fill(body["view"]["id"], self._rest_from(answer_id, int(first)))

    def _rest_from(self, answer_id: str, first: int) -> Window:
        async def fill(request_id: str) -> View:
            answer = await self._service.answer(answer_id, request_id)
            return views.rest(answer, first, self._links)

        return Window(messages.REST_TITLE, fill, messages.ANSWER_GONE)

    async def _open(self, body: Mapping[str, Any], window: Window) -> None:
        waiting = views.told(window.title, messages.LOADING)
        try:
            opened = await self._client.views_open(trigger_id=body["trigger_id"], view=waiting)
        except CAUGHT as error:
            await self._tell_failure(body, error)
            return
        await self._fill(opened["view"]["id"], window)

    async def _fill(self, view_id: str, window: Window) -> None:
        ref = _reference()
        try:
            view = await window.fill(f"slack-{ref}")
        except GoneError:
            view = views.told(window.title, window.gone)
        except ServiceError as error:
            _log.warning("ref=%s window: %s", ref, error)
            view = views.told(window.title, messages.not_reached(ref))
        try:
            await self._client.views_update(view_id=view_id, view=view)
        except CAUGHT as error:
            _log.error("ref=%s window not filled: %s", ref, code(error))

    async def _tell_failure(self, body: Mapping[str, Any], error: Exception) -> None:
        """A window could not be opened: says so where the button is."""
        ref = _reference()
        _log.error("ref=%s slack: %s %s", ref, code(error), needed_scope(error))
        if trouble(error) in {Trouble.TOKEN, Trouble.SCOPE}:
            self._health.refused(code(error), needed_scope(error))
        await _tell(_place(body), messages.not_opened(ref))

    # What people think of an answer

    async def feedback(
        self, ack: AsyncAck, body: Mapping[str, Any], action: Mapping[str, Any]
    ) -> None:
        """Notes that an answer was helpful; asks for the reason where it wasn't."""
        await ack()
        helpful, answer_id = actions.verdict_on(action["value"])
        if helpful:
            await _tell(_place(body), await self._send_feedback(answer_id, helpful=True))
            return
        view = views.reason(answer_id, _place(body))
        try:
            await self._client.views_open(trigger_id=body["trigger_id"], view=view)
        except CAUGHT as error:
            await self._tell_failure(body, error)

    async def reason(self, ack: AsyncAck, view: Mapping[str, Any]) -> None:
        """Hands on why an answer wasn't helpful."""
        await ack()
        answer_id, place = views.reason_for(view)
        comment = views.reason_given(view)
        await _tell(place, await self._send_feedback(answer_id, helpful=False, comment=comment))

    async def _send_feedback(
        self, answer_id: str, *, helpful: bool, comment: str | None = None
    ) -> str:
        """What to say after it."""
        ref = _reference()
        try:
            await self._service.feedback(
                answer_id, helpful=helpful, comment=comment, request_id=f"slack-{ref}"
            )
        except GoneError:
            return messages.ANSWER_GONE
        except ServiceError as error:
            _log.warning("ref=%s feedback: %s", ref, error)
            return messages.not_noted(ref)
        return messages.THANKS

    # The app's own pages

    async def opened(self, event: Mapping[str, Any]) -> None:
        """Shows the home page, or questions to begin with in the messages tab."""
        ref = _reference()
        try:
            plans = await self._service.plans(f"slack-{ref}")
        except ServiceError as error:
            _log.warning("ref=%s home: %s", ref, error)
            plans = []
        try:
            if event.get("tab") == "messages":
                await self._client.assistant_threads_setSuggestedPrompts(
                    channel_id=event["channel"],
                    title=messages.PROMPTS_TITLE,
                    prompts=prompts(plans),
                )
            else:
                view = home(plans) if plans else home_without_plans()
                await self._client.views_publish(user_id=event["user"], view=view)
        except CAUGHT as error:
            _log.error("ref=%s home: %s %s", ref, code(error), needed_scope(error))


def _place(body: Mapping[str, Any]) -> views.Place:
    return views.Place(body["response_url"], body.get("message", {}).get("thread_ts") or "")


async def _tell(place: views.Place, sentence: str) -> None:
    """Says something that only the one who pressed sees."""
    message = plain(sentence).message
    try:
        await whisper(place.response_url, message, place.thread)
    except CAUGHT as error:
        _log.error("can't be told: %s", code(error))


def _reference() -> str:
    return uuid.uuid4().hex[:8]

"""What people do on the page: they write, press buttons, and send windows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web

from tests.fake_slack import payloads
from tests.fake_slack.delivery import Delivery
from tests.fake_slack.page import render
from tests.fake_slack.workspace import BOT_USER, Channel, Json, Workspace

VIEWER = "U0ANN"
_PATIENCE = 3.0
"""Seconds that a page waits for the bot before it is shown as it is."""


class People:
    """The page's routes, over a workspace and a way to the bot."""

    def __init__(
        self, workspace: Workspace, delivery: Delivery, response_url: Callable[[], str]
    ) -> None:
        self._workspace = workspace
        self._delivery = delivery
        self._response_url = response_url
        self._asked_privately: dict[str, Channel] = {}

    def add_to(self, app: web.Application) -> None:
        """Adds the routes."""
        app.router.add_get("/", self._page)
        app.router.add_post("/say", self._say)
        app.router.add_post("/press", self._press)
        app.router.add_post("/submit", self._submit)
        app.router.add_get("/close", self._close)

    async def _page(self, request: web.Request) -> web.Response:
        self._collect_private_answers()
        room = self._workspace.channels.get(request.query.get("room", ""))
        text = render(self._workspace, room, VIEWER)
        return web.Response(text=text, content_type="text/html")

    async def _say(self, request: web.Request) -> web.Response:
        form = await request.post()
        room, text = self._workspace.channels[str(form["room"])], str(form["text"])
        await self.say(room, text)
        raise web.HTTPSeeOther(f"/?room={room.id}")

    async def say(self, room: Channel, text: str, user: str = VIEWER, thread: str = "") -> Json:
        """Somebody writes; in a channel the bot is mentioned, after `/plans` it is asked aside."""
        before = self._workspace.calls.total()
        if text.startswith("/plans"):
            url = self._private(room)
            words = text.removeprefix("/plans").strip()
            await self._delivery.send("slash_commands", payloads.command(room, user, words, url))
            await self._until(lambda: bool(self._workspace.responses[url.rpartition("/")[2]]))
            return {}
        mention = "" if room.id.startswith("D") or thread else f"<@{BOT_USER}> "
        said = self._workspace.said(room, user, f"{mention}{text}", thread)
        await self._delivery.send("events_api", payloads.message(room, said))
        if mention:
            await self._delivery.send("events_api", payloads.mention(room, said))
        await self._until(lambda: self._workspace.calls.total() > before)
        return said

    def _private(self, room: Channel) -> str:
        """A response address whose answers are shown in a room."""
        url = self._response_url()
        self._asked_privately[url] = room
        return url

    async def _press(self, request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        before = self._workspace.calls.total()
        pressed = {"type": "button", "action_id": form["action"], "value": form["value"]}
        pressed["block_id"] = "b"
        room = self._workspace.channels.get(form["where"])
        if room is None:
            view = self._workspace.views[form["where"]]
            payload = payloads.view_action(VIEWER, view, pressed)
        else:
            shown = self._shown(room, form["ts"])
            payload = payloads.action(room, VIEWER, shown, pressed, self._private(room))
        await self._delivery.send("interactive", payload)
        await self._until(lambda: self._workspace.calls.total() > before + 1)
        raise web.HTTPSeeOther(f"/?room={room.id}" if room else "/")

    def _shown(self, room: Channel, ts: str) -> Json:
        everything = [*room.messages, *self._workspace.ephemeral]
        return next(each for each in everything if each.get("ts") == ts)

    async def _submit(self, request: web.Request) -> web.Response:
        form = await request.post()
        view = self._workspace.views.pop(str(form["view"]))
        given = {"reason": {"reason": {"type": "plain_text_input", "value": form.get("reason")}}}
        await self._delivery.send("interactive", payloads.submission(VIEWER, view, given))
        await asyncio.sleep(0.3)
        raise web.HTTPSeeOther("/")

    async def _close(self, _: web.Request) -> web.Response:
        self._workspace.views.clear()
        raise web.HTTPSeeOther("/")

    def _collect_private_answers(self) -> None:
        """Shows what came to response addresses among the messages that only one person sees."""
        for url, room in self._asked_privately.items():
            answers = self._workspace.responses[url.rpartition("/")[2]]
            while answers:
                private = {"user": BOT_USER, "to": VIEWER, "channel": room.id}
                shown = answers.pop(0) | private | {"ts": self._workspace.now()}
                self._workspace.ephemeral.append(shown)

    async def _until(self, happened: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _PATIENCE
        while not happened() and loop.time() < deadline:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)

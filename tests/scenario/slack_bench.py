"""A bench for the bot: the real Bolt app between a fake Slack and the real service."""

from __future__ import annotations

import asyncio
import functools
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec

import aiohttp
import uvicorn
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bots.slack.bot import Bot, running
from bots.slack.desk import Pace
from bots.slack.manifest import bot_scopes
from bots.slack.settings import Settings
from bots.slack.web import build_web
from corpus.models import ParsedDocument
from service.app import build_app
from service.state import AppState
from tests.builders import document, plan
from tests.fake_slack import payloads
from tests.fake_slack.delivery import Ack, Delivery, Http
from tests.fake_slack.server import FakeSlack, serving
from tests.fake_slack.workspace import (
    APP_TOKEN,
    BOT_TOKEN,
    BOT_USER,
    SECRET,
    Channel,
    Json,
    Workspace,
)
from tests.unit.service import stand_ins

PUBLIC_URL = "https://plans.example"
ANN, BOB = "U0ANN", "U0BOB"
QUICK = Pace(first=0.01, most=0.05, patience=900)
METAL_THEFT = "Which boroughs prioritise theft?"

_Parameters = ParamSpec("_Parameters")


def scenario(
    test: Callable[_Parameters, Awaitable[None]],
) -> Callable[_Parameters, None]:
    """Runs an asynchronous test."""

    @functools.wraps(test)
    def run(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> None:
        asyncio.run(asyncio.wait_for(test(*args, **kwargs), 30))  # type: ignore[arg-type]

    return run


@dataclass
class Weather:
    """The service, with an outage where a test wants one."""

    app: ASGIApp
    down: bool = False
    slow: asyncio.Event | None = None
    """Requests wait for it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.down:
            await JSONResponse({}, 503)(scope, receive, send)
            return
        if scope["type"] == "http" and self.slow:
            await self.slow.wait()
        await self.app(scope, receive, send)


@dataclass
class Bench:
    """Everything within reach of a test."""

    slack: FakeSlack
    weather: Weather
    settings: Settings
    delivery: Delivery
    stack: AsyncExitStack
    pace: Pace
    bot: Bot = field(init=False)
    room: Channel = field(init=False)

    @property
    def workspace(self) -> Workspace:
        return self.slack.workspace

    async def start(self) -> None:
        """Starts a bot; a second one takes up what the first left."""
        self.stack = AsyncExitStack()
        self.bot = await self.stack.enter_async_context(running(self.settings, self.pace))
        if self.settings.slack_mode == "http":
            url = await self.stack.enter_async_context(served(build_web(self.bot)))
            session = await self.stack.enter_async_context(aiohttp.ClientSession())
            self.delivery = Http(f"{url}/slack/events", session)
            self.url = url
        else:
            self.delivery = self.slack.sockets

    async def stop(self) -> None:
        """Stops the bot as Ctrl-C does."""
        await self.stack.aclose()

    async def settled(self) -> None:
        """Returns when nothing is left to answer."""
        while self.bot.ledger.unanswered() or self.bot.desk.busy:
            await asyncio.sleep(0.002)

    async def seen(self, happened: Callable[[], bool]) -> None:
        """Returns when something has happened; a scenario ends by itself if it doesn't."""
        while not happened():
            await asyncio.sleep(0.002)

    async def event(self, payload: Json, *, retry: int = 0) -> Ack:
        """Delivers an event, acknowledged."""
        return await self.delivery.send("events_api", payload, retry=retry)

    # What people do

    async def mention(self, text: str, user: str = ANN, thread: str = "", room: Any = None) -> Json:
        """Somebody mentions the bot in a channel; both events reach it."""
        room = room or self.room
        said = self.workspace.said(room, user, f"<@{BOT_USER}> {text}", thread)
        await self.event(payloads.mention(room, said))
        await self.event(payloads.message(room, said))
        await self.settled()
        return said

    async def say(self, text: str, user: str = ANN, thread: str = "", room: Any = None) -> Json:
        """Somebody writes, without a mention."""
        room = room or self.room
        said = self.workspace.said(room, user, text, thread)
        await self.event(payloads.message(room, said))
        await self.settled()
        return said

    async def edit(self, said: Json, text: str, room: Any = None) -> None:
        """Somebody edits their message."""
        room = room or self.room
        before = dict(said)
        said.update(text=text, edited={"user": said["user"], "ts": self.workspace.now()})
        await self.event(payloads.changed(room, before, dict(said)))
        await self.settled()

    async def command(self, text: str, user: str = ANN, room: Any = None) -> str:
        """Somebody types `/plans`; the response address."""
        url = self.slack.response_url()
        payload = payloads.command(room or self.room, user, text, url)
        await self.delivery.send("slash_commands", payload)
        await self.settled()
        return url

    async def press(
        self, shown: Json, action_id: str, user: str = ANN, room: Any = None, **more: Any
    ) -> str:
        """Somebody presses a button in a message; the response address."""
        url = self.slack.response_url()
        pressed = {**button(shown, action_id), **more}
        payload = payloads.action(room or self.room, user, shown, pressed, url)
        await self.delivery.send("interactive", payload)
        await self.settled()
        return url

    def replies(self, said: Json, room: Any = None) -> list[Json]:
        """What the bot said in the thread of a message."""
        return self.workspace.answers_to(said, room or self.room)


@asynccontextmanager
async def bench(
    tmp_path: Path,
    mode: str = "http",
    state: AppState | None = None,
    pace: Pace = QUICK,
    **more: Any,
) -> AsyncIterator[Bench]:
    """A bench with a bot at work in a channel."""
    workspace = Workspace(scopes=set(bot_scopes()), people={ANN: "Ann", BOB: "Bob"})
    weather = Weather(build_app(state or stand_ins.state()))
    async with serving(workspace) as slack, served(weather) as service_url:
        settings = Settings(
            slack_bot_token=BOT_TOKEN,
            slack_app_token=APP_TOKEN,
            slack_signing_secret=SECRET,
            slack_mode=mode,
            slack_api_url=slack.api_url,
            service_url=service_url,
            public_url=PUBLIC_URL,
            data_dir=tmp_path / "bot",
            **more,
        )
        made = Bench(slack, weather, settings, slack.sockets, AsyncExitStack(), pace)
        made.room = workspace.channel("intel")
        await made.start()
        try:
            yield made
        finally:
            await made.stop()


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """An application on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        serving_it = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0.001)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving_it


def many_plans(areas: int) -> tuple[ParsedDocument, ...]:
    """As many plans as a test wants, each with a priority of its own."""
    sections = [{"Theft": f"Metal theft is priority {n} of ours."} for n in range(areas)]
    plans = [plan(f"Area {n:03}", each) for n, each in enumerate(sections)]
    return (document("many.txt", *plans),)


def free_port() -> int:
    """A port that nothing listened on a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


# What a message holds


def buttons(shown: Json) -> list[Json]:
    """Every button of a message or view."""
    return [
        {**element, "block_id": block.get("block_id", "b")}
        for block in shown["blocks"]
        for element in block.get("elements", [])
        if element.get("type") in {"button", "feedback_buttons"}
    ]


def button(shown: Json, action_id: str) -> Json:
    """The button with an id."""
    return next(each for each in buttons(shown) if each["action_id"] == action_id)


def text_of(value: Any) -> str:
    """All the words that a reader sees in blocks, in order."""
    if isinstance(value, dict):
        own = value.get("text")
        if isinstance(own, str):
            return own
        if value.get("type") in {"rich_text_section", "rich_text_quote"}:
            return "".join(text_of(each) for each in value["elements"])
        ordered = [value[key] for key in ("text", "elements", "rows", "label") if key in value]
        return " ".join(text_of(each) for each in ordered)
    if isinstance(value, list):
        return " ".join(text_of(each) for each in value)
    return ""


def links_of(value: Any) -> list[str]:
    """Every address in blocks."""
    if isinstance(value, dict):
        own = [value["url"]] if isinstance(value.get("url"), str) else []
        return own + [url for each in value.values() for url in links_of(each)]
    if isinstance(value, list):
        return [url for each in value for url in links_of(each)]
    return []

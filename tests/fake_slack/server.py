"""The server: one address for the Web API, uploads, responses, Socket Mode and the page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property

from aiohttp import web

from tests.fake_slack import rules
from tests.fake_slack.api import Api
from tests.fake_slack.delivery import Sockets
from tests.fake_slack.people import People
from tests.fake_slack.workspace import Workspace

_MOST = 100 * 1024 * 1024


@dataclass
class FakeSlack:
    """A Slack that listens; `url` is where."""

    workspace: Workspace
    sockets: Sockets = field(default_factory=Sockets)
    url: str = ""
    _lose_next: bool = False

    @cached_property
    def people(self) -> People:
        """Those who write on the page; their words go through Socket Mode."""
        return People(self.workspace, self.sockets, self.response_url)

    @property
    def api_url(self) -> str:
        """The base of the Web API."""
        return f"{self.url}/api"

    def response_url(self) -> str:
        """A new response address."""
        return f"{self.url}/responses/{self.workspace.new_id('R')}"

    def responses(self, response_url: str) -> list[dict[str, object]]:
        """What was sent to a response address."""
        return self.workspace.responses[response_url.rpartition("/")[2]]

    def application(self) -> web.Application:
        """The routes."""
        api = Api(self.workspace, lambda: f"{self.url.replace('http', 'ws', 1)}/socket")
        app = web.Application(client_max_size=_MOST)
        app.router.add_route("*", "/api/{method}", api.call)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_post("/responses/{id}", self._respond)
        app.router.add_get("/socket", self.sockets.serve)
        self.people.add_to(app)
        return app

    async def _upload(self, request: web.Request) -> web.Response:
        self.workspace.contents[request.match_info["id"]] = await request.read()
        return web.Response(text="OK")

    async def _respond(self, request: web.Request) -> web.Response:
        given = self.workspace.responses[request.match_info["id"]]
        body = await request.json()
        if len(given) == 5:
            return web.Response(status=404, text="used_url")
        if wrong := rules.problems(body.get("blocks") or [], rules.MESSAGE):
            self.workspace.refused.append(f"response_url: {wrong}")
            return web.Response(status=400, text="invalid_blocks")
        given.append(body)
        if self._lose_next and request.transport:
            self._lose_next = False
            request.transport.close()
        return web.Response(text="ok")

    def lose_next_response(self) -> None:
        """The next message to a response address is taken, and its sender never hears of it."""
        self._lose_next = True


@asynccontextmanager
async def serving(workspace: Workspace, port: int = 0) -> AsyncIterator[FakeSlack]:
    """A fake Slack on this machine, until the block ends."""
    slack = FakeSlack(workspace)
    runner = web.AppRunner(slack.application(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        await slack.sockets.close()
        await runner.cleanup()

"""`make slack-demo`: the service and the bot on this machine, in front of a Slack that is none.

Opens a conversation of its own, then shows it on a page on which one can go on.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import aiohttp

from bots.slack.manifest import bot_scopes
from tests.fake_slack.people import VIEWER, People
from tests.fake_slack.server import serving
from tests.fake_slack.workspace import APP_TOKEN, BOT_TOKEN, Workspace

_COLLEAGUE = "U0BOB"


@contextmanager
def _process(*arguments: str, **environment: str) -> Iterator[None]:
    command = [Path(sys.executable).with_name("saferplans"), *arguments]
    running = subprocess.Popen(command, env=os.environ | environment)
    try:
        yield
    finally:
        running.terminate()
        running.wait()


async def _answers(url: str) -> None:
    """Returns when something answers at an address."""
    async with aiohttp.ClientSession() as session:
        for _ in range(600):
            try:
                async with session.get(url) as got:
                    if got.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise SystemExit(f"Nothing answers at {url}.")


async def _demo(port: int) -> None:
    workspace = Workspace(
        scopes=set(bot_scopes()), people={VIEWER: "Ann Reed", _COLLEAGUE: "Bob Hall"}
    )
    service, health = f"http://127.0.0.1:{port + 1}", f"http://127.0.0.1:{port + 2}"
    with tempfile.TemporaryDirectory() as folder:
        async with serving(workspace, port) as slack:
            data = os.environ.get("SAFERPLANS_DATA_DIR", folder)
            settings = {
                "SAFERPLANS_DATA_DIR": data,
                "SAFERPLANS_PUBLIC_URL": service,
                "SAFERPLANS_SERVICE_URL": service,
                "SAFERPLANS_SLACK_API_URL": slack.api_url,
                "SAFERPLANS_SLACK_BOT_TOKEN": BOT_TOKEN,
                "SAFERPLANS_SLACK_APP_TOKEN": APP_TOKEN,
                "SAFERPLANS_SLACK_PORT": str(port + 2),
            }
            with (
                _process("serve", "--port", str(port + 1), **settings),
                _process("slack", **settings | {"SAFERPLANS_DATA_DIR": folder}),
            ):
                await _answers(f"{service}/readyz")
                await _answers(f"{health}/healthz")
                await _conversation(workspace, slack.people)
                print(f"The conversation is at {slack.url} (Ctrl-C stops it).", flush=True)  # noqa: T201
                await asyncio.Event().wait()


async def _conversation(workspace: Workspace, people: People) -> None:
    """What there is to see at first."""
    room = workspace.channel("community-safety")
    said = await people.say(room, "Which boroughs prioritise metal theft?")
    await people.say(room, "And what does Stockton say about it?", thread=said["ts"])
    await people.say(room, "Ta, that is helpful", thread=said["ts"])
    await people.say(workspace.direct(VIEWER), "Which plans do not mention burglary?")


def main() -> None:
    """Runs until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8105, help="of the page; takes two more")
    # Stopped either way, it stops the two that it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        asyncio.run(_demo(parser.parse_args().port))


if __name__ == "__main__":
    main()

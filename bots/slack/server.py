"""Serves the bot's own address while the bot works."""

from __future__ import annotations

import asyncio
import socket

import uvicorn

from bots.slack.bot import StartError, running
from bots.slack.settings import Settings
from bots.slack.web import build_web

_GRACE = 5
"""Seconds that requests in flight get when the bot is stopped."""


def serve(settings: Settings, listener: socket.socket) -> str:
    """Runs the bot until it is told to stop; what kept it from starting, or nothing."""
    try:
        asyncio.run(_serve(settings, listener))
    except StartError as error:
        return str(error)
    return ""


async def _serve(settings: Settings, listener: socket.socket) -> None:
    async with running(settings) as bot:
        config = uvicorn.Config(
            build_web(bot),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=_GRACE,
        )
        await uvicorn.Server(config).serve(sockets=[listener])

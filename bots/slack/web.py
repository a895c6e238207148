"""The bot's own address: its health, and Slack's events in HTTP mode."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler

from bots.slack import operator_messages as messages
from bots.slack.bot import Bot

MAX_BODY = 1024 * 1024
"""Bytes of a request; Slack's are far smaller."""


def build_web(bot: Bot) -> FastAPI:
    """The application over a bot at work."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.bot = bot
    app.get("/healthz")(_healthz)
    if bot.mode == "http":
        app.post("/slack/events")(_events)
    return app


async def _healthz(request: Request) -> JSONResponse:
    """Whether the bot can answer, and how many questions wait."""
    bot: Bot = request.app.state.bot
    problem = bot.health.problem or ("" if await bot.connected() else messages.NOT_CONNECTED)
    body = {
        "status": "failing" if problem else "ok",
        "problem": problem,
        "unanswered": len(bot.ledger.unanswered()),
    }
    return JSONResponse(body, HTTPStatus.SERVICE_UNAVAILABLE if problem else HTTPStatus.OK)


async def _events(request: Request) -> Response:
    """Slack's events, commands and actions; Bolt checks their signature."""
    # The verifier would take anything but digits for a fault of its own.
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    if not (timestamp.isascii() and timestamp.isdigit()):
        return Response(status_code=HTTPStatus.UNAUTHORIZED)
    length = request.headers.get("content-length", "")
    if not (length.isdigit() and int(length) <= MAX_BODY):
        return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    bot: Bot = request.app.state.bot
    return await AsyncSlackRequestHandler(bot.app).handle(request)

"""The HTTP API, one thin module for each resource: read the request, call, hand back."""

from __future__ import annotations

from fastapi import APIRouter

from service.routes import answers, ask, board, documents, health, passages, plans, search

ROUTERS: tuple[APIRouter, ...] = (
    ask.router,
    answers.router,
    search.router,
    board.router,
    plans.router,
    documents.router,
    passages.router,
    health.router,
)

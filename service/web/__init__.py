"""The pages: server-rendered, whole without JavaScript, everything escaped."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from service.web import (
    asking,
    comparing,
    documents,
    downloads,
    explaining,
    outlines,
    plans,
    searching,
)
from service.web.errors import error_page, wants_page
from service.web.render import FOLDER

__all__ = ["error_page", "install", "wants_page"]

# An answer's files are told from its page by their ending, so they come first.
_ROUTERS = (
    downloads.router,
    asking.router,
    documents.router,
    outlines.router,
    searching.router,
    plans.router,
    comparing.router,
    explaining.router,
)


def install(app: FastAPI) -> None:
    """Adds the pages, their style sheet and script."""
    for router in _ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")

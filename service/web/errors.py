"""Errors for people: the same facts as the problem that a program gets."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse

from service.schemas import Problem
from service.web.render import page


def wants_page(request: Request) -> bool:
    """Whether a browser asks for a page; the API answers browsers too with JSON."""
    api = request.url.path.startswith("/v1/")
    return not api and "text/html" in request.headers.get("accept", "")


def error_page(problem: Problem, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """The page that tells of an error, with the id to report it under."""
    return page("error.html", {"problem": problem}, problem.status, headers)

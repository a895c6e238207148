"""The HTTP application: routes, pages, errors and the edge, over one state."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service import messages, paging, problems, web
from service.middleware import BodyLimitMiddleware, CompressedPages, EdgeMiddleware
from service.routes import ROUTERS
from service.schemas import Problem
from service.state import AppState


def build_app(state: AppState) -> FastAPI:
    """The application. Building it opens nothing: `state` holds all that it needs."""
    # The interactive documentation would load its code from another site, so it is left out.
    app = FastAPI(
        title="Saferplans", version="1", summary=messages.SUMMARY, docs_url=None, redoc_url=None
    )
    app.state.saferplans = state
    for router in ROUTERS:
        app.include_router(router)
    web.install(app)
    for kind in (HTTPException, RequestValidationError, paging.BadCursorError):
        app.add_exception_handler(kind, _handle)
    # The last one added is the outermost.
    app.add_middleware(CompressedPages)
    app.add_middleware(BodyLimitMiddleware, explained=_explained)
    app.add_middleware(EdgeMiddleware, explained=_explained)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


async def _handle(request: Request, error: Exception) -> Response:
    return _explained(error, request)


def _explained(error: Exception, request: Request) -> Response:
    """The response to an error: a page where a browser asked for one, else a problem."""
    problem = problems.explain(error, request)
    headers = getattr(error, "headers", None)
    if web.wants_page(request):
        return web.error_page(problem, headers)
    return problems.problem_response(problem, headers)


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The API's description, with the shape of its errors."""
    if not app.openapi_schema:
        described = get_openapi(
            title=app.title, version=app.version, summary=app.summary, routes=app.routes
        )
        described["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        app.openapi_schema = described
    return app.openapi_schema

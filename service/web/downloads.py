"""An answer to take away: text, Markdown and CSV."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from starlette.requests import Request

from service.state import AppState, State
from service.tables import verdict_table
from service.web.asking import kept
from service.web.exports import MARKDOWN, TEXT, Style, export

router = APIRouter(include_in_schema=False)

_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""By which a spreadsheet knows UTF-8."""


@router.get("/answers/{answer_id}.txt")
def text(request: Request, state: State, answer_id: str) -> Response:
    """The answer with its citations, as plain text."""
    return PlainTextResponse(_exported(request, state, answer_id, TEXT))


@router.get("/answers/{answer_id}.md")
def markdown(request: Request, state: State, answer_id: str) -> Response:
    """The answer with its citations, as Markdown."""
    exported = _exported(request, state, answer_id, MARKDOWN)
    return PlainTextResponse(exported, media_type="text/markdown")


def _exported(request: Request, state: AppState, answer_id: str, style: Style) -> str:
    _, answer = kept(state, answer_id)
    documents = {each.id: each for each in state.library.held().engine.documents()}
    return export(answer, documents, base_of(request, state), style)


@router.get("/answers/{answer_id}.csv")
def table(request: Request, state: State, answer_id: str) -> Response:
    """The answer's board as a table for a spreadsheet."""
    _, answer = kept(state, answer_id)
    plans = state.library.held().engine.plans()
    made = verdict_table([answer], plans, base_of(request, state))
    return spreadsheet(made, f"answer-{answer.id}.csv")


def spreadsheet(table: str, name: str) -> Response:
    """A table as a file that a spreadsheet opens."""
    sent = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_BYTE_ORDER_MARK + table, media_type="text/csv", headers=sent)


def base_of(request: Request, state: AppState) -> str:
    """The address that links leave the service with: the one set, or the one it was called by."""
    return state.public_url or str(request.base_url).rstrip("/")

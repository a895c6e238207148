"""The pages' routes: ask, the plans held, and a source with the cited words lit."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from starlette.staticfiles import StaticFiles

from service import messages
from service.holdings import document_out, plan_out
from service.library import Held
from service.problems import not_found
from service.queries import AskBody, is_blank
from service.state import State
from service.web import answers, source
from service.web.render import FOLDER, page

_router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def install(app: FastAPI) -> None:
    """Adds the pages and their one style sheet."""
    app.include_router(_router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")


@_router.api_route("/", methods=["GET", "HEAD"])
def home(state: State, q: str | None = None) -> HTMLResponse:
    """One field; and what was asked in it, answered."""
    held = state.library.held()
    if q is None:
        return page("ask.html", _start(held))
    try:
        asked = AskBody(question=q)
    except ValidationError:
        fault = messages.ASK_SOMETHING if is_blank(q) else messages.QUESTION_TOO_LONG
        refused = {**_start(held), "question": q, "fault": fault}
        return page("ask.html", refused, HTTPStatus.UNPROCESSABLE_ENTITY)
    return page("ask.html", {**_start(held), "question": asked.question, **_answered(asked, held)})


def _start(held: Held) -> dict[str, object]:
    areas = [area.name for area in held.engine.areas()]
    return {
        "samples": messages.sample_questions(areas),
        "question": "",
        "fault": None,
        "answer": None,
    }


def _answered(asked: AskBody, held: Held) -> dict[str, object]:
    answer = held.answer(asked)
    documents = {
        each.document_id: held.engine.document(each.document_id) for each in answer.citations
    }
    return {
        "answer": answer,
        "lines": answers.lines(answer),
        "rows": answers.rows(answer),
        "others": answers.beside_the_board(answer),
        "documents": documents,
    }


@_router.api_route("/plans", methods=["GET", "HEAD"])
def plans(state: State) -> HTMLResponse:
    """Every plan held, with its priorities."""
    engine = state.library.held().engine
    listed = [plan_out(plan, engine) for plan in engine.plans()]
    return page("plans.html", {"plans": listed, "documents": engine.documents()})


@_router.api_route("/documents/{document_id}", methods=["GET", "HEAD"])
def document(
    state: State,
    document_id: str,
    start: Annotated[int | None, Query()] = None,
    end: Annotated[int | None, Query()] = None,
) -> HTMLResponse:
    """A document's whole text, with the words from `start` to `end` lit."""
    engine = state.library.held().engine
    found, text = engine.document(document_id), engine.text(document_id)
    if found is None or text is None:
        raise not_found(messages.NO_SUCH_DOCUMENT)
    lit = source.span_in(text, start, end)
    sections = engine.sections(document_id)
    context = {
        "document": document_out(found, engine),
        "pieces": source.pieces(text, sections, lit),
        "lit": lit,
        "words": lit.of(text) if lit else "",
        "section": source.section_at(sections, lit) if lit else None,
        "misplaced": (start, end) != (None, None) and lit is None,
    }
    return page("document.html", context)

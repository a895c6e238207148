"""Ask: a question and its answer, the conversation before it, and an answer's own page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError
from starlette.requests import Request

from service import messages
from service.archive import Given
from service.holdings import years_of
from service.labels import sample_questions
from service.library import Held
from service.problems import RefusedError, not_found
from service.queries import AskBody, is_blank
from service.schemas import MAX_COMMENT, Answer, Feedback, Filters
from service.state import AppState, State
from service.web import wording
from service.web.answers import view
from service.web.conversation import followed, ids_after, turns
from service.web.forms import AskForm, ReadingForm
from service.web.render import address, page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.api_route("/", methods=["GET", "HEAD"])
def home(request: Request, state: State, form: Annotated[AskForm, Query()]) -> HTMLResponse:
    """One field; and what was asked in it, answered."""
    held = state.library.held()
    if "q" not in request.query_params or request.method == "HEAD":
        return page("ask.html", _start(held))
    before = _before(state, form.after)
    try:
        asked = _asked(form.q, form.filters, before)
    except ValidationError:
        fault = messages.ASK_SOMETHING if is_blank(form.q) else messages.QUESTION_TOO_LONG
        refused = {**_start(held), "question": form.q, "fault": fault}
        return page("ask.html", refused, HTTPStatus.UNPROCESSABLE_ENTITY)
    reply = state.ask(asked, ids_after(*before) if before else (), held)
    return page(
        "ask.html",
        {
            **_start(held),
            **_answered(reply.answer, reply.given, held),
            "kept_days": state.archive.days if reply.kept else 0,
            "gone": bool(form.after) and before is None,
        },
    )


def _before(state: AppState, answer_id: str | None) -> tuple[Given, Answer] | None:
    """The answer that a question follows, if it's kept and of a shape that can be read."""
    given = state.archive.find(answer_id) if answer_id else None
    try:
        return (given, given.read()) if given else None
    except ValidationError:
        return None


def _asked(question: str, filters: Filters, before: tuple[Given, Answer] | None) -> AskBody:
    if before is None:
        return AskBody(question=question, filters=filters)
    return followed(*before, question, filters)


def _start(held: Held) -> dict[str, object]:
    """What the page shows before anything was asked."""
    areas = [area.name for area in held.engine.areas()]
    return {
        "samples": sample_questions(areas),
        "areas": areas,
        "plans": len(held.engine.plans()),
        "years": years_of(held.engine),
        "question": "",
        "fault": None,
        "view": None,
        "gone": False,
        "rated": False,
    }


def _answered(answer: Answer, given: Given, held: Held) -> dict[str, object]:
    cited = dict.fromkeys(each.document_id for each in answer.citations)
    return {
        "question": answer.question,
        "view": view(answer, held.engine.plans()),
        "filters": given.asked.filters,
        "turns": turns(given),
        "documents": [found for each in cited if (found := held.engine.document(each))],
    }


@router.get("/corrected")
def corrected(form: Annotated[ReadingForm, Query()]) -> RedirectResponse:
    """Asks the question that the user meant."""
    question = wording.corrected_question(form.kind, form.topic.strip(), form.area)
    # These name the areas in the question; for the others they are a limit.
    named = form.kind in {"say", "compare", "list"}
    areas = () if named else form.area
    # A blank is answered by what is missing.
    place = address("/", q=question or " ", area=areas, year=form.year)
    return RedirectResponse(place, HTTPStatus.SEE_OTHER)


@router.api_route("/answers/{answer_id}", methods=["GET", "HEAD"])
def answer_page(state: State, answer_id: str, rated: bool = False) -> HTMLResponse:  # noqa: FBT001, FBT002 - a query parameter
    """An answer as it was given, with the conversation before it."""
    held = state.library.held()
    given, answer = kept(state, answer_id)
    return page(
        "ask.html",
        {
            **_start(held),
            **_answered(answer, given, held),
            "kept_days": state.archive.days,
            "rated": rated,
        },
    )


def kept(state: AppState, answer_id: str) -> tuple[Given, Answer]:
    """An answer that is kept.

    Raises:
        RefusedError: it isn't, or is of another shape.
    """
    given = state.archive.find(answer_id)
    if given is None:
        raise not_found(messages.NO_SUCH_ANSWER)
    try:
        return given, given.read()
    except ValidationError as error:
        raise RefusedError(HTTPStatus.GONE, wording.OTHER_SHAPE) from error


@router.post("/answers/{answer_id}/feedback")
def feedback(
    state: State,
    answer_id: str,
    helpful: Annotated[bool, Form()],
    comment: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Keeps what a user says of an answer, and thanks."""
    # A form sends a line break as two characters; its field counts it as one.
    said = comment.replace("\r\n", "\n").strip()[:MAX_COMMENT]
    given = Feedback(answer_id=answer_id, helpful=helpful, comment=said or None)
    if not state.archive.add_feedback(given):
        raise not_found(messages.NO_SUCH_ANSWER)
    place = address(f"/answers/{answer_id}", "feedback", rated="true")
    return RedirectResponse(place, HTTPStatus.SEE_OTHER)

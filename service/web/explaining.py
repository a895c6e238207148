"""Explain: behind an answer or a topic, what was read, tried, kept and rejected, and why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from service.library import Held
from service.schemas import Feedback, Filters
from service.state import State
from service.web.asking import kept
from service.web.forms import ExplainForm
from service.web.render import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_PLANS = 20
"""Plans explained on one page."""


@router.api_route("/answers/{answer_id}/explain", methods=["GET", "HEAD"])
def explain_answer(
    state: State, answer_id: str, form: Annotated[ExplainForm, Query()]
) -> HTMLResponse:
    """Behind an answer: its reading, timings, generation, and each topic over its plans."""
    held = state.library.held()
    given, answer = kept(state, answer_id)
    plans = tuple(each.plan_id for each in answer.verdicts if each.plan_id)
    filters = Filters(plans=tuple(dict.fromkeys(plans)))
    return _explained(
        held,
        answer.topics if plans else (),
        filters,
        form,
        answer=answer,
        asked=given.asked,
        feedback=state.archive.feedback_on(answer_id),
    )


@router.api_route("/explain", methods=["GET", "HEAD"])
def explain_topic(state: State, form: Annotated[ExplainForm, Query()]) -> HTMLResponse:
    """Behind a verdict on any topic."""
    topics = (form.topic,) if form.topic.strip() else ()
    return _explained(state.library.held(), topics, form.filters, form)


def _explained(
    held: Held,
    topics: tuple[str, ...],
    filters: Filters,
    form: ExplainForm,
    **behind: object,
) -> HTMLResponse:
    explained = [found for each in topics if (found := held.explain(each, filters))]
    first = (form.page - 1) * _PLANS
    most = max((len(each.plans) for each in explained), default=0)
    context = {
        "answer": None,
        "asked": None,
        "feedback": tuple[Feedback](),
        "explained": explained,
        "first": first,
        "last": first + _PLANS,
        "page": form.page,
        "pages_total": max(1, -(-most // _PLANS)),
        "topic": form.topic,
        "areas": [area.name for area in held.engine.areas()],
        "generation": held.generation,
    }
    return page("explain.html", {**context, **behind})

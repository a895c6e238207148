"""Plans: what is held by area and period, what could not be read, each plan's priorities."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from corpus.models import ReadStatus
from ingest.report import FileReport, Outcome
from service.areas import resolve_areas
from service.holdings import document_out, joint_period, plan_out
from service.library import Held
from service.state import State
from service.web.forms import PlansForm
from service.web.render import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_ON_A_PAGE = 100
"""Plans on one page: some 30 kB as it is sent."""


@router.api_route("/plans", methods=["GET", "HEAD"])
def plans(state: State, form: Annotated[PlansForm, Query()]) -> HTMLResponse:
    """The library, by area and period."""
    held = state.library.held()
    engine = held.engine
    known, unknown = resolve_areas([form.area] if form.area else [], engine.areas())
    chosen = [plan for plan in engine.plans() if not form.area or plan.area in known]
    first = (form.page - 1) * _ON_A_PAGE
    without_plan = {each.id for each in engine.documents()} - {
        p.document_id for p in engine.plans()
    }
    return page(
        "plans.html",
        {
            "plans": [
                (plan_out(plan, engine), plan.read_whole)
                for plan in chosen[first : first + _ON_A_PAGE]
            ],
            "documents": [document_out(each, engine) for each in engine.documents()],
            "without_plan": without_plan,
            "total": len(chosen),
            "areas": [area.name for area in engine.areas()],
            "period": joint_period(plan.period for plan in engine.plans()),
            "area": form.area or "",
            "unknown": unknown,
            "page": form.page,
            "pages_total": max(1, -(-len(chosen) // _ON_A_PAGE)),
            "troubles": _troubles(held),
            "degraded": [each for each in engine.documents() if each.status is not ReadStatus.READ],
        },
    )


def _troubles(held: Held) -> list[FileReport]:
    """Files of the last ingest that failed, or of which something could not be read."""
    files = held.report.files if held.report else ()
    return [each for each in files if each.outcome is not Outcome.READ]

"""`GET /v1/plans`: the plans held, and one with its sections."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from service import messages
from service.holdings import plan_detail, plan_out
from service.paging import list_key, page_of
from service.problems import declared, not_found
from service.queries import PageQuery
from service.schemas import PlanDetail, PlanList
from service.state import State

router = APIRouter(prefix="/v1/plans", tags=["holdings"])


@router.get("", responses=declared(HTTPStatus.UNPROCESSABLE_ENTITY))
def plans(state: State, query: Annotated[PageQuery, Query()]) -> PlanList:
    """The plans held, by area and period, each with its priorities."""
    engine = state.library.held().engine
    key = list_key(engine.generation, "plans")
    page = page_of(engine.plans(), query.limit, query.cursor, key)
    return PlanList(
        plans=tuple(plan_out(each, engine) for each in page.items), next_cursor=page.next_cursor
    )


@router.get("/{plan_id}", responses=declared(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY))
def plan(state: State, plan_id: str) -> PlanDetail:
    """One plan with its sections in reading order."""
    engine = state.library.held().engine
    found = next((each for each in engine.plans() if each.id == plan_id), None)
    if found is None:
        raise not_found(messages.NO_SUCH_PLAN)
    return plan_detail(found, engine)

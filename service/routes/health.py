"""`/healthz` and `/readyz`: alive, and ready with what is served."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter

from service.problems import declared
from service.schemas import Wire
from service.state import State

router = APIRouter(tags=["health"])


class Health(Wire):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Readiness(Wire):
    """Ready; `degraded` where a newer generation was published that could not be opened."""

    status: Literal["ready", "degraded"]
    generation: str
    refused_generation: str | None
    documents: int
    plans: int


@router.get("/healthz", responses=declared())
async def healthz() -> Health:
    """Whether the process is alive."""
    return Health()


@router.get("/readyz", responses=declared())
def readyz(state: State) -> Readiness:
    """What is served, and whether it is the newest that was published."""
    held = state.library.held()
    refused = state.library.refused
    return Readiness(
        status="degraded" if refused else "ready",
        generation=held.generation,
        refused_generation=refused,
        documents=len(held.engine.documents()),
        plans=len(held.engine.plans()),
    )

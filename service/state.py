"""What a running service holds: one typed object, given to the application when it is built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.library import Library


@dataclass(frozen=True)
class AppState:
    """Everything that a request may use."""

    library: Library


async def _state(request: Request) -> AppState:
    state: AppState = request.app.state.saferplans
    return state


State = Annotated[AppState, Depends(_state)]
"""Declares a route's parameter that is the application's state."""

"""What a running service holds: one typed object, given to the application when it is built."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from service.archive import Archive, Given, Keeping
from service.library import Held, Library
from service.schemas import Answer, AskRequest


class Reply(NamedTuple):
    """An answer, and what of it the archive holds; `kept` is False where it couldn't be written."""

    answer: Answer
    given: Given
    kept: bool


@dataclass(frozen=True)
class AppState:
    """Everything that a request may use."""

    library: Library
    archive: Keeping = field(default_factory=Archive)
    public_url: str = ""
    """Put before the paths of links that leave the service; without a slash at its end."""

    def ask(
        self, asked: AskRequest, earlier: tuple[str, ...] = (), held: Held | None = None
    ) -> Reply:
        """The answer to a question, kept; `earlier` are the ids of the answers before it.

        It is given from the generation `held`, or else from the newest.
        """
        answer = (held or self.library.held()).answer(asked)
        given = Given(answer.model_dump_json().encode(), asked, earlier)
        return Reply(answer, given, kept=self.archive.keep(answer.id, given))


async def _state(request: Request) -> AppState:
    state: AppState = request.app.state.saferplans
    return state


State = Annotated[AppState, Depends(_state)]
"""Declares a route's parameter that is the application's state."""

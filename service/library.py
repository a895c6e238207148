"""The generation that is served: opened once, replaced when a newer one has been published.

A request takes `held()` once and uses what it got to its end, so that it sees exactly one
generation; one that was replaced lives until the last request that uses it is done.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from index.errors import PartsLostError
from ingest.report import IngestReport
from service.answering.explaining import Explanation
from service.answering.judge import Finding
from service.areas import resolve_filters
from service.ports import Engine
from service.queries import SearchQuery
from service.schemas import Answer, AskRequest, Board, Filters, SearchPage

_log = logging.getLogger(__name__)

_Answer = TypeVar("_Answer")


class Searching(Protocol):
    """What searches one generation."""

    def search(self, query: SearchQuery) -> SearchPage:
        """One page of hits."""


class Answering(Protocol):
    """What answers questions from one generation."""

    def answer(self, request: AskRequest) -> Answer:
        """The answer to a question."""

    def board(self, topic: str, filters: Filters) -> Board:
        """One verdict for each plan in scope, on one topic."""

    def explain(self, topic: str, filters: Filters) -> Explanation | None:
        """Why each plan in scope got its verdict; None for a topic without a word to look for."""

    def mentions(self, topic: str, document_id: str) -> tuple[Finding, ...]:
        """The sentences of a document that name a topic or may mean it, in reading order."""


Lost = frozenset[str]
"""Areas that can't be reached, since the part of the database that has them is away."""

_LOST_FOR = 10
"""Seconds after which areas that were lost are looked for again."""


class Rest:
    """What answers from the rest of a generation while areas of it are lost. Threads may share it.

    `without` makes it; a generation that is whole or away has none.
    """

    def __init__(self, without: Callable[[Lost], Held] | None = None) -> None:
        self._without = without
        self._held: Held | None = None
        self._until = 0.0

    def held(self) -> Held | None:
        """The rest, if areas were lost just now."""
        return self._held if time.monotonic() < self._until else None

    def after(self, error: PartsLostError) -> Held:
        """The rest after areas have been lost.

        Raises:
            PartsLostError: there can be none.
        """
        if self._without is None:
            raise error
        _log.warning("areas lost, the others are served: %s", ", ".join(sorted(error.areas)))
        self._held, self._until = self._without(error.areas), time.monotonic() + _LOST_FOR
        return self._held


@dataclass(frozen=True)
class Held:
    """One generation, open for reading, and what answers from it and searches it."""

    engine: Engine
    assistant: Answering
    searcher: Searching
    report: IngestReport | None = None
    """What became of the files of the ingest that made it; None where it isn't known."""
    rest: Rest = field(default_factory=Rest)
    """What answers while areas of it are lost."""

    @property
    def generation(self) -> str:
        """The id of this generation."""
        return self.engine.generation

    def answer(self, request: AskRequest) -> Answer:
        """The answer to a question; its filters may name areas by alias."""
        filters = resolve_filters(request.filters, self.engine.areas())
        asked = request.model_copy(update={"filters": filters})
        return self._reached(lambda held: held.assistant.answer(asked))

    def search(self, query: SearchQuery) -> SearchPage:
        """One page of hits.

        Raises:
            BadCursorError: the cursor is not of this search.
        """
        return self._reached(lambda held: held.searcher.search(query))

    def board(self, topic: str, filters: Filters) -> Board:
        """One verdict for each plan in scope; the filters may name areas by alias."""
        asked = resolve_filters(filters, self.engine.areas())
        return self._reached(lambda held: held.assistant.board(topic, asked))

    def explain(self, topic: str, filters: Filters) -> Explanation | None:
        """Why each plan in scope got its verdict; the filters may name areas by alias."""
        asked = resolve_filters(filters, self.engine.areas())
        return self._reached(lambda held: held.assistant.explain(topic, asked))

    def mentions(self, topic: str, document_id: str) -> tuple[Finding, ...]:
        """The sentences of a document that name a topic or may mean it, in reading order."""
        return self._reached(lambda held: held.assistant.mentions(topic, document_id))

    def _reached(self, ask: Callable[[Held], _Answer]) -> _Answer:
        """What is answered; where areas are lost, from the rest, whose answer says so."""
        try:
            return ask(self.rest.held() or self)
        except PartsLostError as error:
            return ask(self.rest.after(error))


class Library:
    """Hands out the newest generation that could be opened. Safe to share between threads.

    `current_id` must be cheap: it is asked at every request. `refusals` are the errors that
    `open_newest` may raise for a generation that can't be used; the one served then stays.
    """

    def __init__(
        self,
        open_newest: Callable[[], Held],
        current_id: Callable[[], str | None],
        refusals: tuple[type[Exception], ...] = (),
    ) -> None:
        self._open_newest = open_newest
        self._current_id = current_id
        self._refusals = refusals
        self._opening = threading.Lock()
        self._refused: str | None = None
        self._held = open_newest()

    def held(self) -> Held:
        """The generation to serve a request from; a newly published one is opened first."""
        newest = self._newest()
        if newest not in (None, self._held.generation, self._refused):
            self._replace(newest)
        return self._held

    @property
    def refused(self) -> str | None:
        """The id of a newer generation that couldn't be opened, or None."""
        return self._refused

    def _newest(self) -> str | None:
        try:
            return self._current_id()
        except self._refusals as error:
            _log.warning("what is current can't be read, the generation served stays: %s", error)
            return None

    def _replace(self, newest: str | None) -> None:
        # Whoever finds another request opening it serves the old one rather than wait.
        if not self._opening.acquire(blocking=False):
            return
        try:
            self._held = self._open_newest()
            self._refused = None
            _log.info("generation=%s opened", self._held.generation)
        except self._refusals as error:
            self._refused = newest
            _log.warning("generation=%s refused, the older one stays: %s", newest, error)
        finally:
            self._opening.release()

"""The generation that is served: opened once, replaced when a newer one has been published.

A request takes `held()` once and uses what it got to its end, so that it sees exactly one
generation; one that was replaced lives until the last request that uses it is done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ingest.report import IngestReport
from service.answering.explaining import Explanation
from service.answering.judge import Finding
from service.areas import resolve_filters
from service.ports import Engine
from service.queries import SearchQuery
from service.schemas import Answer, AskRequest, Board, Filters, SearchPage

_log = logging.getLogger(__name__)


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


@dataclass(frozen=True)
class Held:
    """One generation, open for reading, and what answers from it and searches it."""

    engine: Engine
    assistant: Answering
    searcher: Searching
    report: IngestReport | None = None
    """What became of the files of the ingest that made it; None where it isn't known."""

    @property
    def generation(self) -> str:
        """The id of this generation."""
        return self.engine.generation

    def answer(self, request: AskRequest) -> Answer:
        """The answer to a question; its filters may name areas by alias."""
        filters = resolve_filters(request.filters, self.engine.areas())
        return self.assistant.answer(request.model_copy(update={"filters": filters}))

    def search(self, query: SearchQuery) -> SearchPage:
        """One page of hits.

        Raises:
            BadCursorError: the cursor is not of this search.
        """
        return self.searcher.search(query)

    def board(self, topic: str, filters: Filters) -> Board:
        """One verdict for each plan in scope; the filters may name areas by alias."""
        return self.assistant.board(topic, resolve_filters(filters, self.engine.areas()))

    def explain(self, topic: str, filters: Filters) -> Explanation | None:
        """Why each plan in scope got its verdict; the filters may name areas by alias."""
        return self.assistant.explain(topic, resolve_filters(filters, self.engine.areas()))

    def mentions(self, topic: str, document_id: str) -> tuple[Finding, ...]:
        """The sentences of a document that name a topic or may mean it, in reading order."""
        return self.assistant.mentions(topic, document_id)


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

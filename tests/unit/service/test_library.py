"""A newly published generation is noticed; whoever uses the old one goes on with it."""

from __future__ import annotations

import threading

import pytest

from service.library import Held, Library
from service.schemas import AskRequest, Filters
from tests.unit.service.stand_ins import held


class UnreadableError(Exception):
    """Stands for an index that can't be opened."""


class Publisher:
    """A data directory in memory: what is current, and how it opens."""

    def __init__(self) -> None:
        self.current = "g1"
        self.opened: list[str] = []
        self.broken = False
        self.pointer_broken = False

    def open_newest(self) -> Held:
        if self.broken:
            raise UnreadableError("damaged")
        self.opened.append(self.current)
        return held(self.current)

    def current_id(self) -> str | None:
        if self.pointer_broken:
            raise UnreadableError("no pointer")
        return self.current

    def library(self) -> Library:
        return Library(self.open_newest, self.current_id, (UnreadableError,))


def test_a_generation_is_opened_once() -> None:
    publisher = Publisher()
    library = publisher.library()
    assert library.held() is library.held()
    assert publisher.opened == ["g1"]


def test_a_new_generation_is_served_and_the_old_one_stays_usable() -> None:
    publisher = Publisher()
    library = publisher.library()
    before = library.held()
    publisher.current = "g2"
    after = library.held()
    assert (before.generation, after.generation) == ("g1", "g2")
    assert before.answer(AskRequest(question="theft")).generation == "g1"
    assert after.answer(AskRequest(question="theft")).generation == "g2"


def test_a_generation_that_can_not_be_opened_is_refused_once() -> None:
    publisher = Publisher()
    library = publisher.library()
    publisher.current, publisher.broken = "g2", True
    assert library.held().generation == "g1"
    assert library.refused == "g2"
    publisher.broken = False
    assert library.held().generation == "g1", "the refused one isn't tried at every request"
    publisher.current = "g3"
    assert library.held().generation == "g3"
    assert library.refused is None


def test_a_pointer_that_can_not_be_read_changes_nothing() -> None:
    publisher = Publisher()
    library = publisher.library()
    publisher.pointer_broken = True
    assert library.held().generation == "g1"


def test_a_fault_of_ours_is_not_swallowed() -> None:
    publisher = Publisher()
    library = Library(publisher.open_newest, publisher.current_id)
    publisher.current, publisher.broken = "g2", True
    with pytest.raises(UnreadableError):
        library.held()


def test_nobody_waits_while_a_generation_is_opened() -> None:
    publisher, opening, may_go_on = Publisher(), threading.Event(), threading.Event()

    def slow_open() -> Held:
        if publisher.current != "g1":
            opening.set()
            assert may_go_on.wait(10)
        return publisher.open_newest()

    library = Library(slow_open, publisher.current_id)
    publisher.current = "g2"
    opener = threading.Thread(target=library.held)
    opener.start()
    assert opening.wait(10)
    assert library.held().generation == "g1"
    may_go_on.set()
    opener.join(10)
    assert library.held().generation == "g2"
    assert publisher.opened.count("g2") == 1


def test_filters_may_name_areas_by_alias() -> None:
    board = held().board("theft", Filters(areas=("REDCAR", "Narnia")))
    assert board.scope.areas == ("Redcar and Cleveland",)

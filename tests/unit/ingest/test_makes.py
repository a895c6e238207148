"""Plans of many makes, read as a person reads them: see `makes.py` and `plans/`."""

from __future__ import annotations

import pytest

from tests.unit.ingest import makes


@pytest.fixture(params=makes.names())
def plans(request: pytest.FixtureRequest) -> list[tuple[makes.Expected, makes.Found]]:
    name = request.param
    return list(zip(makes.expected(name), makes.found(name), strict=True))


Plans = list[tuple[makes.Expected, makes.Found]]


def test_the_plan_is_known_for_what_it_is(plans: Plans) -> None:
    for right, given in plans:
        assert (given.area, given.kind) == (right.area, right.kind)


def test_its_priorities_are_its_own_in_its_order(plans: Plans) -> None:
    for right, given in plans:
        assert given.priorities == right.priorities
        assert given.emerging == right.emerging


def test_its_vision_is_found_and_none_is_made_up(plans: Plans) -> None:
    for right, given in plans:
        assert right.vision in given.vision
        assert bool(right.vision) == bool(given.vision)


def test_each_sentence_carries_the_verdict_of_its_place(plans: Plans) -> None:
    for right, given in plans:
        assert given.says == right.says

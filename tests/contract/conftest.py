"""What the contract of an engine is held against: each engine in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engines import ENGINES, AnyPlace, Opened, fresh_place, opener


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest) -> Iterator[AnyPlace]:
    """A place that nothing was published to."""
    with fresh_place(request.param) as made:
        yield made


@pytest.fixture(scope="module", params=ENGINES)
def opened(request: pytest.FixtureRequest) -> Iterator[Opened]:
    """Publishes documents, instead of those before, and opens them."""
    with fresh_place(request.param) as made:
        yield opener(made)

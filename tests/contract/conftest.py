"""What the contract of an engine is held against: each engine in turn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.engines import CITUS, ENGINES, NODE, AnyPlace, Opened, fresh_place, lost_node, opener

_DIES = 5
"""Before each of so many tests on a cluster one of its nodes is killed and brought back."""
_tests = count(1)


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


@pytest.fixture(autouse=True)
def _a_node_dies(request: pytest.FixtureRequest) -> None:
    """Kills a node of the cluster and brings it back, before every fifth test on it."""
    if NODE and CITUS and "citus" in request.node.name and next(_tests) % _DIES == 0:
        with lost_node():
            pass

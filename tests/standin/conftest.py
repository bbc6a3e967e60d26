"""One stand-in for all tests of this folder; each test creates its own merchants."""

from collections.abc import Iterator

import pytest

from standin import Merchant, StandIn


@pytest.fixture(scope="session")
def standin() -> Iterator[StandIn]:
    """A running stand-in."""
    with StandIn() as running:
        yield running


@pytest.fixture
def merchant(standin: StandIn) -> Merchant:
    """An account for one test."""
    return standin.new_merchant()

"""One stand-in for all tests of this folder; every test has merchants of its own."""

from collections.abc import Iterator

import pytest

from standin import Merchant, StandIn


@pytest.fixture(scope="session")
def standin() -> Iterator[StandIn]:
    """A stand-in that serves."""
    with StandIn() as running:
        yield running


@pytest.fixture
def merchant(standin: StandIn) -> Merchant:
    """An account nobody else uses."""
    return standin.new_merchant()

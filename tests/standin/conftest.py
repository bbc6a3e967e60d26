"""One stand-in for all tests of this folder; each test creates its own merchants."""

import threading
from collections.abc import Iterator

import pytest

from standin import Merchant, StandIn
from tests.standin.receiver import Receiver


@pytest.fixture(scope="session")
def standin() -> Iterator[StandIn]:
    """A running stand-in."""
    with StandIn() as running:
        yield running


@pytest.fixture
def shown() -> Iterator[StandIn]:
    """A stand-in that shows its calls, as the command does."""
    with StandIn(shows_calls=True) as running:
        yield running


@pytest.fixture
def merchant(standin: StandIn) -> Merchant:
    """An account for one test."""
    return standin.new_merchant()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A running receiver."""
    receiving = Receiver()
    thread = threading.Thread(target=receiving.server.serve_forever, args=(0.01,))
    thread.start()
    yield receiving
    receiving.server.shutdown()
    thread.join()
    receiving.server.server_close()

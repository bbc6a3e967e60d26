"""A stand-in with its cheapest page, whatever target the environment names."""

import socket
from collections.abc import Iterator

import pytest

from suite.settings.settings import load_settings
from suite.targets import Target, make_target


@pytest.fixture(scope="session")
def target() -> Iterator[Target]:
    """The stand-in, started."""
    settings = load_settings(environ={}, dotenv_path=None)
    with make_target(settings, skin="plain").started() as target:
        yield target


@pytest.fixture
def port() -> int:
    """A free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
    return number

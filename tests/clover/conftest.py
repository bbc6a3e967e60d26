"""Fixtures of the API client's tests."""

from collections.abc import Iterator

import pytest

from clover.client import CheckoutsClient
from tests.clover.scripted_api import ScriptedApi, scripted_api


@pytest.fixture
def api() -> Iterator[ScriptedApi]:
    """A server on loopback that creates a session for every request."""
    with scripted_api() as server:
        yield server


@pytest.fixture
def client(api: ScriptedApi) -> Iterator[CheckoutsClient]:
    """A client of the server."""
    with api.client() as opened:
        yield opened

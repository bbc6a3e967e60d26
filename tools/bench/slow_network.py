"""A pytest plug-in that puts the stand-in far away: each of its answers comes late.

``-p tools.bench.slow_network --latency-ms 80``. It is the stand-in that waits, and not the browser,
because the browser's own throttling leaves out frames of other origins.
"""

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from standin import server
from standin.provider import Provider
from standin.web.app import Sites

PATCH: pytest.StashKey[pytest.MonkeyPatch] = pytest.StashKey()


class DistantSites(Sites):
    """The provider's sites, at the far end of a long line."""

    def __init__(self, provider: Provider, latency_s: float) -> None:
        super().__init__(provider)
        self._latency_s = latency_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer late."""
        await asyncio.sleep(self._latency_s)
        await super().__call__(scope, receive, send)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    group = parser.getgroup("soak", "Repetition under load")
    group.addoption("--latency-ms", type=float, default=80, help="of each answer of the stand-in")


def pytest_configure(config: pytest.Config) -> None:
    """Have every stand-in of this process answer late."""
    latency_s = config.getoption("--latency-ms") / 1000
    config.stash[PATCH] = patch = pytest.MonkeyPatch()
    patch.setattr(server, "Sites", lambda provider: DistantSites(provider, latency_s))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the stand-in as it was."""
    config.stash[PATCH].undo()

"""A pytest plug-in that delays every answer of the stand-in.

``-p tools.bench.slow_network --latency-ms 80``. The stand-in waits and not the browser, because the
browser's throttling does not reach frames of other origins.
"""

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from standin.web.app import Sites


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    group = parser.getgroup("soak", "Repetition under load")
    group.addoption("--latency-ms", type=float, default=80, help="delay of each answer")


def pytest_configure(config: pytest.Config) -> None:
    """Delay the answers of every stand-in until this process ends."""
    latency_s = config.getoption("--latency-ms") / 1000
    answer = Sites.__call__

    async def answer_late(sites: Sites, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(latency_s)
        await answer(sites, scope, receive, send)

    pytest.MonkeyPatch().setattr(Sites, "__call__", answer_late)

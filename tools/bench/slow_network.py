"""A pytest plug-in that delays every answer of the stand-in: ``-p tools.bench.slow_network``.

The stand-in waits and not the browser, because the browser's throttling does not reach frames of
other origins.
"""

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from standin.web.app import Sites

LATENCY_S = 0.08


def pytest_configure() -> None:
    """Delay the answers of every stand-in until this process ends."""
    answer = Sites.__call__

    async def answer_late(sites: Sites, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(LATENCY_S)
        await answer(sites, scope, receive, send)

    pytest.MonkeyPatch().setattr(Sites, "__call__", answer_late)

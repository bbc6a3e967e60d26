"""``python -m tools.bench.server``: one server to be measured, with commands on standard input.

The stand-in's own API, or the least that Starlette can answer in its place; with or without TLS.
Both are served by the same uvicorn with the same settings.
"""

import argparse
import gc
import json
import sys
import time
import uuid
from typing import Any

import psutil
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from standin.behaviour import Behaviour
from standin.intake import check_request
from standin.provider import Origins, Provider
from standin.serving import Serving, bind
from standin.tls import make_identity
from standin.web.api import Api
from tools.bench.load import BODY, TARGET


def bare_app() -> Starlette:
    """An endpoint that reads JSON and answers with four fields, and keeps nothing."""

    async def create(request: Request) -> JSONResponse:
        await request.json()
        session = str(uuid.uuid4())
        return JSONResponse(
            {
                "href": f"https://localhost/pay-checkout/{session}?mode=checkout",
                "checkoutSessionId": session,
                "createdTime": "2026-01-01T00:00:00.000Z",
                "expirationTime": "2026-01-01T00:15:00.000Z",
            }
        )

    return Starlette(routes=[Route(TARGET, create, methods=["POST"])])


class Books:
    """What can be asked of the stand-in that is being measured."""

    def __init__(self) -> None:
        origins = Origins.at(443, 80)
        self.provider = Provider(Behaviour(), fault=None, skin="classic", origins=origins)
        self.merchant = self.provider.new_merchant(
            name="Example Store", switches={}, skin=None, fault=None
        )

    def obey(self, command: dict[str, Any]) -> dict[str, Any]:
        """Carry out one command, and say how things stand after it.

        A fill takes the way of the API from the parsed request on: what it leaves out is HTTP.
        """
        for _ in range(len(self.provider.sessions), command.get("fill", 0)):
            body = bytes(bytearray(BODY))  # a copy, as each request brings its own
            urls, _ = check_request(json.loads(body), plain_http=False, missing_customer_status=404)
            self.provider.sessions.add(str(uuid.uuid4()), self.merchant, body, urls)
        if ahead_s := command.get("advance_s"):
            self.provider.clock.advance(ahead_s)
        if command:
            gc.collect()
        return {
            "cpu_s": time.process_time(),
            "sessions": len(self.provider.sessions),
            "memory_mib": psutil.Process().memory_info().rss / 2**20,
        }


def main(arguments: list[str] | None = None) -> int:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.server", description=__doc__)
    parser.add_argument("what", choices=("standin", "bare"))
    parser.add_argument("--tls", action="store_true")
    options = parser.parse_args(arguments)
    books = Books()
    app: ASGIApp = Api(books.provider) if options.what == "standin" else bare_app()
    listener = bind(0)
    serving = Serving(app, [(listener, make_identity().context if options.tls else None)])
    serving.start()
    merchant = books.merchant
    _say({"port": listener.getsockname()[1], "id": merchant.id, "token": merchant.token})
    for line in sys.stdin:
        _say(books.obey(json.loads(line)))
    serving.stop()
    return 0


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""A loopback server that records the create call and answers as the test configures."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request

from examples.flask_merchant import serve

SESSION_ID = "0b54c5a4-5bd3-4b0a-9c4e-0d3f0cfae6a1"
HREF = f"https://sandbox.dev.clover.com/pay-checkout/{SESSION_ID}?mode=checkout"


@dataclass(slots=True)
class Call:
    """One recorded request."""

    path: str
    headers: dict[str, str]
    body: Any


@dataclass(slots=True)
class FakeApi:
    """The configured answer and the recorded requests."""

    url: str = ""
    status: int = 200
    answer: str = field(
        default_factory=lambda: json.dumps({"href": HREF, "checkoutSessionId": SESSION_ID})
    )
    calls: list[Call] = field(default_factory=list)


@contextmanager
def fake_api() -> Iterator[FakeApi]:
    """Serve until the block ends."""
    api = FakeApi()
    app = Flask(__name__)

    @app.post("/<path:_>")
    def create(_: str) -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        api.calls.append(Call(request.path, headers, request.get_json()))
        return Response(api.answer, api.status)

    with serve(lambda _: app) as api.url:
        yield api

"""A loopback server that answers the create call as a test wants it, and remembers the request."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: How often the server looks whether it is to stop, seconds.
POLL_S = 0.01
SESSION_ID = "0b54c5a4-5bd3-4b0a-9c4e-0d3f0cfae6a1"
HREF = f"https://sandbox.dev.clover.com/pay-checkout/{SESSION_ID}?mode=checkout"


@dataclass(slots=True)
class Call:
    """One request that came."""

    path: str
    headers: dict[str, str]
    body: Any


@dataclass(slots=True)
class FakeApi:
    """What to answer, and what was asked."""

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

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            api.calls.append(
                Call(
                    path=self.path,
                    headers={name.lower(): value for name, value in self.headers.items()},
                    body=json.loads(self.rfile.read(length)),
                )
            )
            answer = api.answer.encode()
            self.send_response(api.status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing of single requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(POLL_S,), daemon=True)
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

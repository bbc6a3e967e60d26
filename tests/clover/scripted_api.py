"""An API server on loopback with scripted replies, which records its requests."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pydantic import SecretStr

from clover.client import CheckoutsClient
from clover.models import CheckoutRequest, LineItem

SESSION = "0b54c5a4-5bd3-4b0a-9c4e-0d3f0cfae6a1"
MERCHANT = "MERCHANT12345"
TOKEN = "5fd3b1a2-c0de-4a11-8e1f-aa55aa55aa55"
CREATED: Mapping[str, object] = {
    "href": f"https://checkout.localhost/pay-checkout/{SESSION}?mode=checkout",
    "checkoutSessionId": SESSION,
    "createdTime": "2026-09-17T10:00:00.000Z",
    "expirationTime": "2026-09-17T10:14:59.970Z",
}
ORDER = CheckoutRequest(line_items=(LineItem(name="itemA", price_cents=500),))


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: tuple[str, int]


@dataclass
class Reply:
    """One answer; ``talk`` takes over the connection in place of all else."""

    status: int = 200
    body: bytes = json.dumps(CREATED).encode()
    headers: Mapping[str, str] = field(default_factory=dict)
    talk: Callable[[socket.socket], object] | None = None


@dataclass
class ScriptedApi:
    """The running server: gives ``replies`` in turn, and repeats the last one."""

    url: str
    replies: list[Reply] = field(default_factory=lambda: [Reply()])
    asked: list[Asked] = field(default_factory=list)

    def answer(self, status: int, body: object = None, headers: Mapping[str, str] = {}) -> None:
        """Answer everything with this status; text and bytes as they are, all else as JSON."""
        raw = body.encode() if isinstance(body, str) else body
        as_bytes = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
        self.replies[:] = [Reply(status, as_bytes, headers)]

    def client(self, **options: object) -> CheckoutsClient:
        """Return a client of this server that does not really wait."""
        return new_client(self.url, **options)


def new_client(url: str, **options: object) -> CheckoutsClient:
    """Return a client of any server that does not really wait before a 429 is tried again."""
    usual: dict[str, object] = {"wait": lambda _seconds: None, "timeout_s": 5.0}
    return CheckoutsClient(url, MERCHANT, SecretStr(TOKEN), **(usual | options))  # type: ignore[arg-type]


@contextmanager
def scripted_api(tls: ssl.SSLContext | None = None) -> Iterator[ScriptedApi]:
    """Serve on a free port until the context ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # With headers and body in two packets, each answer would wait for a delayed ACK.
        wbufsize = -1

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(length)
            api.asked.append(Asked(self.command, self.path, headers, body, self.client_address))
            reply = api.replies[0] if len(api.replies) == 1 else api.replies.pop(0)
            if reply.talk:
                reply.talk(self.connection)
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in {"content-type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Log nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                self.close_connection = True

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if tls:
            # The handshake takes place in the request's thread, and may fail there.
            server.socket = tls.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        scheme = "https" if tls else "http"
        api = ScriptedApi(f"{scheme}://localhost:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield api
        finally:
            server.shutdown()
            thread.join()

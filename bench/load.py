"""``python -m bench.load``: clients that keep their connections and create sessions.

All clients share one process and one thread: a load generator that is busier than the server
would measure itself. Loopback only, and bounded by a number of requests and by time.
"""

import argparse
import json
import selectors
import socket
import ssl
import sys
import time
from dataclasses import dataclass
from typing import Final

TARGET: Final = "/invoicingcheckoutservice/v1/checkouts"
BODY: Final = json.dumps(
    {
        "customer": {"firstName": "Alex", "lastName": "Doe", "email": "alex.doe@example.com"},
        "redirectUrls": {
            "success": "https://merchant.example/success?session_id={CHECKOUT_SESSION_ID}",
            "failure": "https://merchant.example/failure?error_code={ERROR_CODE}",
            "cancel": "https://merchant.example/cancel",
        },
        "shoppingCart": {"lineItems": [{"name": "itemA", "price": 500, "unitQty": 1}]},
    }
).encode()

_LONGEST_S = 30.0
_CHUNK = 16_384


class LoadProblem(RuntimeError):
    """The server answered with something else than a session, or not at all."""

    category = "suite problem"


@dataclass(slots=True)
class Client:
    """One connection with at most one request on its way."""

    connection: socket.socket
    request: bytes
    answer: bytes = b""

    def send(self) -> None:
        """Ask once more."""
        self.answer = b""
        self.connection.sendall(self.request)

    def receive(self) -> bool:
        """Take what has come; true once the answer is whole.

        Raises:
            LoadProblem: it is no 200, or the connection has ended.
        """
        try:
            chunk = self.connection.recv(_CHUNK)
        except ssl.SSLWantReadError:
            return False
        if not chunk:
            raise LoadProblem("The server has closed a connection that was to be kept.")
        self.answer += chunk
        head, end, body = self.answer.partition(b"\r\n\r\n")
        if not end:
            return False
        if not head.startswith(b"HTTP/1.1 200 "):
            raise LoadProblem(f"The server answered {self.answer[:200]!r}.")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        return len(body) >= int(length)


def drive(clients: list[Client], requests: int) -> tuple[int, float]:
    """Keep every client busy until so many requests are answered, or the time is up.

    Returns:
        Requests answered, and the seconds that they took.
    """
    with selectors.DefaultSelector() as selector:
        for client in clients:
            selector.register(client.connection, selectors.EVENT_READ, client)
        began = time.perf_counter()
        answered = 0
        for client in clients:
            client.send()
        while answered < requests and time.perf_counter() - began < _LONGEST_S:
            for key, _ in selector.select(1.0):
                client = key.data
                if client.receive():
                    answered += 1
                    client.send()
        return answered, time.perf_counter() - began


def connect(port: int, request: bytes, *, tls: bool) -> Client:
    """Open one connection to this machine; the certificate is the server's own and not judged."""
    connection: socket.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = context.wrap_socket(connection)
    return Client(connection, request)


def write_request(merchant_id: str, token: str) -> bytes:
    """The same bytes for every request."""
    lines = [
        f"POST {TARGET} HTTP/1.1",
        "Host: localhost",
        "User-Agent: bench",
        f"X-Clover-Merchant-Id: {merchant_id}",
        f"Authorization: Bearer {token}",
        "Content-Type: application/json",
        f"Content-Length: {len(BODY)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + BODY


def main(arguments: list[str] | None = None) -> int:
    """Load one server and print what came of it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("merchant_id")
    parser.add_argument("token")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=4000)
    parser.add_argument("--tls", action="store_true")
    options = parser.parse_args(arguments)
    request = write_request(options.merchant_id, options.token)
    clients = [connect(options.port, request, tls=options.tls) for _ in range(options.clients)]
    try:
        answered, seconds = drive(clients, options.requests)
    finally:
        for client in clients:
            client.connection.close()
    print(json.dumps({"requests": answered, "seconds": seconds}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

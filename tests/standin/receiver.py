"""A merchant's webhook receiver."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from typing import Any


class Receiver:
    """Keeps the signature and the body of each webhook, and answers 200."""

    def __init__(self) -> None:
        self.came: Queue[tuple[str, bytes]] = Queue()
        came = self.came

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                came.put((self.headers["Clover-Signature"], body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Log nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?shop=1"

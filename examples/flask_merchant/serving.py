"""A server for the shop on this machine, for tests and trials."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

#: Seconds between two checks for the end.
_POLL_S = 0.05


class _Quiet(WSGIRequestHandler):
    """A handler that logs no requests."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing."""


@contextmanager
def serve(
    make_app: Callable[[str], Flask],
    *,
    host_name: str = "localhost",
    port: int = 0,
    tls: ssl.SSLContext | None = None,
) -> Iterator[str]:
    """Serve a shop on a loopback port until the block ends.

    Args:
        make_app: creates the shop from its origin, which holds the port that was bound.
        host_name: the shop's host name; it must resolve to this machine.
        port: 0 selects a free port.
        tls: serve HTTPS with this context; without it, plain HTTP.

    Yields:
        The shop's origin, without a trailing slash.

    Raises:
        OSError: the port is taken.
    """
    with socket.create_server(("127.0.0.1", port)) as listener:
        bound = listener.getsockname()[1]
        origin = f"{'https' if tls else 'http'}://{host_name}:{bound}"
        server = make_server(
            "127.0.0.1",
            bound,
            make_app(origin),
            threaded=True,
            request_handler=_Quiet,
            ssl_context=tls,
            fd=listener.fileno(),
        )
        thread = threading.Thread(
            target=server.serve_forever, args=(_POLL_S,), name="flask-merchant", daemon=True
        )
        thread.start()
        try:
            yield origin
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

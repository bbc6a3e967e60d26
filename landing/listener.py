"""Loopback listener for TLS and plain HTTP, with one thread per connection."""

import contextlib
import socket
import ssl
import struct
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO, cast

from landing import wire

TLS_HANDSHAKE = b"\x16"  # first byte of a TLS client's first record; no HTTP method starts so
JOIN_S = 5.0
# A zero linger time makes close() send RST, which no client can take for a short answer.
_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)

Responder = Callable[[wire.Request, str, BinaryIO], None]


class Listener:
    """Accepts connections from construction until `stop`.

    One port serves both protocols and tells them apart by the first byte, so that a downgrade
    to ``http://`` on any port is recorded as such.
    """

    def __init__(
        self, context: ssl.SSLContext, respond: Responder, failed: Callable[[Exception], None]
    ) -> None:
        """Bind a free loopback port and serve it.

        Args:
            context: of the TLS side.
            respond: answers one request; takes the scheme and the stream to write to.
            failed: takes an exception that `respond` raised.

        Raises:
            OSError: no loopback port can be bound.
        """
        self._context = context
        self._respond = respond
        self._failed = failed
        self._refusing = False
        self._stopping = False
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, socket.socket] = {}
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept, name="landing", daemon=True)
        self._acceptor.start()

    def refuse(self, *, refusing: bool) -> None:
        """Reset new and open connections, or serve again."""
        with self._lock:
            self._refusing = refusing
        if refusing:
            self._shut_down_open()

    def stop(self) -> None:
        """Close the port and all connections, and wait for the threads to end."""
        self._stopping = True
        # Closing a socket does not wake the thread that accepts on it on every platform.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=JOIN_S).close()
        self._acceptor.join(JOIN_S)
        self._socket.close()
        for thread in self._shut_down_open():
            thread.join(JOIN_S)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except ConnectionAbortedError:  # the client gave up while queued
                continue
            except OSError as error:  # for example no more file descriptors
                self._failed(error)
                return
            if self._stopping:
                connection.close()
                return
            # Nagle's algorithm would delay short answers.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            thread = threading.Thread(
                target=self._serve, args=(connection,), name="landing connection", daemon=True
            )
            with self._lock:
                self._open[thread] = connection
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            self._serve_scheme(connection)
        except OSError:  # the browser may close or abort a connection
            pass
        except Exception as error:  # noqa: BLE001 - a thread has no caller
            self._failed(error)
        finally:
            with self._lock:
                del self._open[threading.current_thread()]
            connection.close()

    def _serve_scheme(self, connection: socket.socket) -> None:
        if not self._accepts(connection):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
            return
        first = connection.recv(1, socket.MSG_PEEK)
        scheme = "https" if first == TLS_HANDSHAKE else "http"
        if scheme == "https":
            with self._context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            ) as secure:
                if self._accepts(secure):  # wrapping detaches the plain socket
                    secure.do_handshake()
                    self._answer_all(secure, scheme)
        elif first:
            self._answer_all(connection, scheme)

    def _accepts(self, connection: socket.socket) -> bool:
        with self._lock:
            self._open[threading.current_thread()] = connection
            return not (self._refusing or self._stopping)

    def _answer_all(self, connection: socket.socket, scheme: str) -> None:
        with connection.makefile("rwb") as stream:
            duplex = cast("BinaryIO", stream)
            while (request := wire.read_request(duplex)) is not None:
                if request.method == "CONNECT":  # the client takes this site for a proxy
                    wire.accept_tunnel(duplex)
                    self._serve_scheme(connection)
                    return
                self._respond(request, scheme, duplex)
                if request.last:
                    return

    def _shut_down_open(self) -> list[threading.Thread]:
        with self._lock:
            for connection in self._open.values():
                with contextlib.suppress(OSError):
                    # SSLSocket.shutdown() would turn it into a plain socket while its thread
                    # reads from it.
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
            return list(self._open)

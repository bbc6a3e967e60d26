"""uvicorn in a background thread, on sockets that the caller has bound."""

import asyncio
import errno
import socket
import ssl
import sys
import threading
from collections.abc import Sequence

import uvicorn
from starlette.types import ASGIApp

_START_WITHIN_S = 10.0
_STOP_WITHIN_S = 10.0
#: A webhook that begins in the last moment may take 5 s more.
_FINISH_WITHIN_S = 3.0
_TICKS_TO_HANG_UP = 100


class StandInFailed(RuntimeError):
    """The stand-in did not start, died or raised an error; the message is one sentence."""

    category = "suite problem"


class PathRefused(StandInFailed):
    """A file or folder of an option cannot be used; the message is one sentence."""


def bind(port: int) -> socket.socket:
    """Open a listening socket on IPv4 loopback; port 0 lets the system choose.

    Raises:
        StandInFailed: the port is taken or not allowed.
    """
    # asyncio switches Nagle's algorithm off only if the protocol is named. With Nagle every answer
    # waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # on Windows the option lets two programs share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        reason = "is in use" if taken else f"cannot be used ({error})"
        raise StandInFailed(
            f"Port {port} {reason}: stop what uses it, or choose another port."
        ) from None
    return listener


class Serving:
    """One application on several sockets, with and without TLS.

    Methods raise ``StandInFailed`` if the server does not start, dies or does not end.
    """

    def __init__(
        self, app: ASGIApp, listeners: Sequence[tuple[socket.socket, ssl.SSLContext | None]]
    ) -> None:
        self._listeners = listeners
        self._servers = [uvicorn.Server(_config(app, context)) for _, context in listeners]
        self._thread = threading.Thread(target=self._run, name="clover-standin", daemon=True)
        self._settled = threading.Event()
        self._failure: BaseException | None = None

    def start(self) -> None:
        """Start serving; return once connections are answered."""
        self._thread.start()
        came_up = self._settled.wait(_START_WITHIN_S)
        self.check()
        if not came_up:
            raise StandInFailed(
                f"The stand-in did not start within {_START_WITHIN_S:.0f} s: the machine is too"
                " busy, try again."
            )

    def check(self) -> None:
        """Raise in the caller what ended the thread."""
        if self._failure is not None:
            raise StandInFailed(
                f"The stand-in's server died of {type(self._failure).__name__}: {self._failure}."
            ) from self._failure

    @property
    def is_running(self) -> bool:
        """Whether the server's thread runs."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Stop serving and wait for the thread to end; requests that are there are answered."""
        for server in self._servers:
            # Without force_exit uvicorn waits for idle keep-alive connections.
            server.should_exit = server.force_exit = True
        if self._thread.ident is not None:
            self._thread.join(_STOP_WITHIN_S)
        for listener, _ in self._listeners:
            listener.close()
        if self._thread.is_alive():
            raise StandInFailed(
                f"The stand-in did not stop within {_STOP_WITHIN_S:.0f} s: a request hangs in it."
            )

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - check() raises it in the caller
            self._failure = error
        finally:
            self._settled.set()

    async def _serve(self) -> None:
        for server, (listener, _) in zip(self._servers, self._listeners, strict=True):
            server.config.load()
            server.lifespan = server.config.lifespan_class(server.config)
            await server.startup(sockets=[listener])
        self._settled.set()
        await asyncio.gather(*(server.main_loop() for server in self._servers))
        await self._finish()
        for server, (listener, _) in zip(self._servers, self._listeners, strict=True):
            await server.shutdown(sockets=[listener])
            await _hang_up(server)

    async def _finish(self) -> None:
        """Accept no more connections, and wait for answers and webhooks that are on their way."""
        for server in self._servers:
            for accepting in server.servers:
                accepting.close()
        begun = [task for server in self._servers for task in server.server_state.tasks]
        if begun:
            await asyncio.wait(begun, timeout=_FINISH_WITHIN_S)


async def _hang_up(server: uvicorn.Server) -> None:
    """Abort open connections: a TLS shutdown would wait for each client.

    Connections that outlive the loop raise errors later.
    """
    connections = server.server_state.connections
    for connection in tuple(connections):
        transport = getattr(connection, "transport", None)
        if transport is not None:
            transport.abort()
    for _ in range(_TICKS_TO_HANG_UP):
        if not connections:
            return
        await asyncio.sleep(0)


def _config(app: ASGIApp, context: ssl.SSLContext | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        lifespan="off",
        ws="none",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,  # the stand-in sends one by its own clock
        timeout_keep_alive=75,
        ssl_context_factory=(lambda _config, _default: context) if context else None,
    )

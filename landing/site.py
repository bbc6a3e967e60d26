"""The merchant's site, under a host name that only the browser under test resolves."""

import contextlib
import threading
from collections.abc import Iterator
from http import HTTPStatus
from typing import BinaryIO, Self

from landing import page, wire
from landing.certificate import Certificate, make_certificate
from landing.journal import Journal
from landing.listener import Listener

RESERVED = ".example"  # RFC 2606: never a real host, so a mapping hides none
LOCAL = ".localhost"


class LandingSite:
    """The merchant's site, running inside its `with` block.

    Every path answers 200 with a page that shows the arrival, on HTTPS and on plain HTTP, under
    each name that resolves to it.

    Attributes:
        journal: every request that reached the site, under any name.
        spki: value for Chromium's ``--ignore-certificate-errors-spki-list``.
        certificates: in PEM, by the address that presents it, for Firefox.
    """

    def __init__(self, name: str = "merchant.example") -> None:
        """Make the certificate; the `with` block opens the port.

        Args:
            name: below ``.example`` for Chromium, whose resolver rules map every ``*.example``
                and every port to this site; below ``.localhost`` for browsers without such
                rules, which find the site by its port.

        Raises:
            ValueError: the name might be a real host.
        """
        if not name.endswith((RESERVED, LOCAL)):
            raise ValueError(
                f"{name!r} is not a name for the landing site: choose one that ends in"
                f" {RESERVED} or {LOCAL}, which is never a real host."
            )
        self.name = name
        self.journal = Journal()
        self._certificate: Certificate = make_certificate(
            name, f"*{RESERVED}", "localhost", f"*{LOCAL}", "127.0.0.1"
        )
        self.spki = self._certificate.spki
        self.certificates = {f"{name}:443": self._certificate.pem}
        self._listener: Listener | None = None
        self._statuses: list[tuple[str, int]] = []  # path prefix, status
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        """The loopback port of the running site."""
        return self._running().port

    @property
    def origin(self) -> str:
        """Scheme, name and, if the browser needs it, port."""
        return f"https://{self.name}" + (f":{self.port}" if self.name.endswith(LOCAL) else "")

    @property
    def names(self) -> tuple[str, int]:
        """The ending of the host names that lead here, and the loopback port."""
        return RESERVED, self.port

    @property
    def resolver_rules(self) -> str:
        """A rule that maps every ``*.example`` host and every port to this site."""
        return f"MAP *{RESERVED} 127.0.0.1:{self.port}" if self.name.endswith(RESERVED) else ""

    @contextlib.contextmanager
    def answer_with(self, path_prefix: str, *, status: int) -> Iterator[None]:
        """Answer with another HTTP status inside the `with` block.

        Args:
            path_prefix: the beginning of the raw target; of several that fit the latest counts.
            status: of the response.
        """
        entry = (path_prefix, int(status))
        with self._lock:
            self._statuses.append(entry)
        try:
            yield
        finally:
            with self._lock:
                self._statuses.remove(entry)

    @contextlib.contextmanager
    def down(self) -> Iterator[None]:
        """Reset new and open connections inside the `with` block, without an arrival."""
        listener = self._running()
        listener.refuse(refusing=True)
        try:
            yield
        finally:
            listener.refuse(refusing=False)

    def __enter__(self) -> Self:
        self._listener = Listener(self._certificate.context, self._respond, self.journal.fail)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._running().stop()
        self._listener = None
        if kind is None:
            self.journal.raise_failure()

    def _running(self) -> Listener:
        if self._listener is None:
            raise RuntimeError("The landing site is not running: use it in a `with` block.")
        return self._listener

    def _respond(self, request: wire.Request, scheme: str, stream: BinaryIO) -> None:
        status = request.fault or self._status(request.target)
        arrival = self.journal.add(
            method=request.method,
            scheme=scheme,
            target=request.target,
            headers=request.headers,
            body=request.body,
            status=status,
        )
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            # Back, forward and reload must send a request, or the journal misses them.
            "Cache-Control": "no-store",
            "Content-Security-Policy": _POLICY,
        }
        wire.write_response(stream, request, status, headers, page.render(arrival).encode())

    def _status(self, target: str) -> int:
        with self._lock:
            fitting = [code for prefix, code in self._statuses if target.startswith(prefix)]
        return fitting[-1] if fitting else HTTPStatus.OK.value


_POLICY = page.content_security_policy()

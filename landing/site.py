"""The merchant's site: a host name that only the browser under test resolves."""

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import BinaryIO, Self

from landing import page, wire
from landing.certificate import Certificate, make_certificate
from landing.journal import Journal
from landing.listener import Listener

RESERVED = ".example"  # RFC 2606: never a real host, so a mapping can hide nobody
LOCAL = ".localhost"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What to say under a path, for as long as a test wants it said."""

    path_prefix: str
    status: int
    body: str | None
    headers: Mapping[str, str]
    delay_s: float
    undone: threading.Event = field(default_factory=threading.Event)


class LandingSite:
    """The merchant's side of a checkout, from `with` to its end.

    Every path answers 200 with a page that shows what arrived, on HTTPS and on plain HTTP, under
    each name that leads here.

    Attributes:
        name: the merchant's host name.
        journal: every request that reached the site, under whichever name.
        port: the loopback port; it tells TLS from plain HTTP by itself.
        origin: what a redirect URL starts with, without a trailing slash.
        spki: value for Chromium's ``--ignore-certificate-errors-spki-list``.
        resolver_rules: value for Chromium's ``--host-resolver-rules``, "" where none are needed.
    """

    def __init__(self, name: str = "merchant.example") -> None:
        """Take a name and make the certificate; the port opens with `with`.

        Args:
            name: under ``.example`` for Chromium, where resolver rules lead every ``*.example``
                here whatever the port in the address; under ``.localhost`` for browsers without
                such rules, which then find the site by its port.

        Raises:
            ValueError: the name might be somebody's.
        """
        if not name.endswith((RESERVED, LOCAL)):
            raise ValueError(
                f"The landing site cannot be called {name!r}: take a name that ends in"
                f" {RESERVED} or {LOCAL}, which can never be a real shop's."
            )
        self.name = name
        self.journal = Journal()
        self._certificate: Certificate = make_certificate(
            name, f"*{RESERVED}", "localhost", f"*{LOCAL}", "127.0.0.1"
        )
        self.spki = self._certificate.spki
        self._listener: Listener | None = None
        self._answers: list[_Answer] = []
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        """The loopback port of the running site."""
        return self._running().port

    @property
    def origin(self) -> str:
        """Scheme, name and, where the browser needs it, port."""
        return f"https://{self.name}" + (f":{self.port}" if self.name.endswith(LOCAL) else "")

    @property
    def resolver_rules(self) -> str:
        """Leads every ``*.example`` host, at every port, to this site."""
        return f"MAP *{RESERVED} 127.0.0.1:{self.port}" if self.name.endswith(RESERVED) else ""

    @contextlib.contextmanager
    def answer_with(
        self,
        path_prefix: str,
        *,
        status: int = HTTPStatus.OK,
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
        delay_s: float = 0.0,
    ) -> Iterator[None]:
        """Answer differently under a path while in it; the arrival is journaled at once.

        Args:
            path_prefix: start of the raw target; the longest that fits counts, of equals the
                latest.
            status: HTTP status of the answer.
            body: HTML to send in place of the page that shows the arrival.
            headers: sent besides, or in place of, the site's own.
            delay_s: seconds between the arrival and its answer, cut short at the end of `with`.
        """
        answer = _Answer(path_prefix, int(status), body, dict(headers or {}), delay_s)
        with self._lock:
            self._answers.append(answer)
        try:
            yield
        finally:
            with self._lock:
                self._answers.remove(answer)
            answer.undone.set()

    @contextlib.contextmanager
    def down(self) -> Iterator[None]:
        """Reset every connection while in it, the open ones too; nothing is journaled."""
        listener = self._running()
        listener.refuse(refusing=True)
        try:
            yield
        finally:
            listener.refuse(refusing=False)

    def __enter__(self) -> Self:
        self._listener = Listener(self._certificate.context, self._respond, self.journal.fail)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for answer in self._answers:
            answer.undone.set()
        self._running().stop()
        self._listener = None
        if error is None:
            self.journal.raise_failure()

    def _running(self) -> Listener:
        if self._listener is None:
            raise RuntimeError("The landing site is not running: use it in a `with` block.")
        return self._listener

    def _respond(self, request: wire.Request, scheme: str, stream: BinaryIO) -> None:
        answer = self._answer_to(request)
        arrival = self.journal.add(
            method=request.method,
            scheme=scheme,
            target=request.target,
            headers=request.headers,
            body=request.body,
            status=answer.status,
        )
        if answer.delay_s:
            answer.undone.wait(answer.delay_s)
        html = page.render(arrival) if answer.body is None else answer.body
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            # Back, forward and reload must ask again: what is not asked is not witnessed.
            "Cache-Control": "no-store",
            **({"Content-Security-Policy": _POLICY} if answer.body is None else {}),
            **answer.headers,
        }
        wire.write_response(stream, request, answer.status, headers, html.encode())

    def _answer_to(self, request: wire.Request) -> _Answer:
        if request.fault:
            return _Answer("", request.fault, None, {}, 0.0)
        with self._lock:
            fitting = [one for one in self._answers if request.target.startswith(one.path_prefix)]
        plain = _Answer("", HTTPStatus.OK.value, None, {}, 0.0)
        return max(reversed(fitting), key=lambda one: len(one.path_prefix), default=plain)


_POLICY = page.content_security_policy()

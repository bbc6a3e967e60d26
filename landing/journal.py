"""What reached the merchant's site, in the order in which it came."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

BODY_LIMIT = 64 * 1024  # bytes of a request body that an arrival keeps


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request that reached the merchant's site.

    Attributes:
        number: 1, 2, … on this site.
        at_s: `time.monotonic()` at the moment the request line and headers were in, seconds.
        method: as sent.
        scheme: "https" or "http", by what was spoken on the connection.
        host: the Host header as sent, with the port if it has one; "" where there was none.
        target: the request target byte for byte as on the wire, decoded as Latin-1.
        headers: names in lower case, values as sent (Latin-1), in order, repeats included.
        body: the first 64 KiB of the body, Latin-1.
        status: what the site answered.
    """

    number: int
    at_s: float
    method: str
    scheme: str
    host: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: str
    status: int

    @property
    def url(self) -> str:
        """The address that was asked for. A fragment never reaches a server."""
        return f"{self.scheme}://{self.host}{self.target}"

    @property
    def dest(self) -> str:
        """What the browser wanted it for: "document", "iframe", … or "" if it does not tell."""
        return self.header("sec-fetch-dest")

    @property
    def mode(self) -> str:
        """How the browser asked: "navigate", "no-cors", … or "" if it does not tell."""
        return self.header("sec-fetch-mode")

    def header(self, name: str) -> str:
        """The first value of a header by its lower-case name, "" where it is absent."""
        return next((value for key, value in self.headers if key == name), "")


class SiteBroken(RuntimeError):
    """The landing site itself failed while it answered a request."""

    triage = "suite problem"


class Journal:
    """Every arrival, safe to read from any thread while the site writes."""

    def __init__(self) -> None:
        self._arrivals: list[Arrival] = []
        self._changed = threading.Condition()
        self._failure: Exception | None = None

    def mark(self) -> int:
        """The place the journal has reached; hand it to `since` or `wait_for` later."""
        with self._changed:
            return len(self._arrivals)

    def since(self, mark: int) -> tuple[Arrival, ...]:
        """The arrivals after a mark, oldest first; `since(0)` are all."""
        with self._changed:
            return tuple(self._arrivals[mark:])

    def wait_for(
        self, predicate: Callable[[Arrival], bool], *, since: int, timeout_s: float
    ) -> Arrival | None:
        """The first arrival after `since` that `predicate` accepts, waiting for it if need be.

        Args:
            predicate: sees each arrival once, in order.
            since: a mark.
            timeout_s: longest wait in seconds; what has arrived already needs none.

        Returns:
            The arrival, or None once the time is up.

        Raises:
            SiteBroken: the site failed to answer a request.
        """
        deadline = time.monotonic() + timeout_s
        seen = since
        while fresh := self._fresh(seen, deadline):
            for arrival in fresh:
                if predicate(arrival):
                    return arrival
            seen += len(fresh)
        return None

    def _fresh(self, seen: int, deadline: float) -> list[Arrival]:
        with self._changed:
            self._changed.wait_for(
                lambda: len(self._arrivals) > seen or self._failure is not None,
                timeout=deadline - time.monotonic(),
            )
            self.raise_failure()
            return self._arrivals[seen:]

    def add(
        self,
        *,
        method: str,
        scheme: str,
        target: str,
        headers: tuple[tuple[str, str], ...],
        body: str,
        status: int,
    ) -> Arrival:
        """Write down a request and wake whoever waits for it."""
        host = next((value for name, value in headers if name == "host"), "")
        with self._changed:
            arrival = Arrival(
                number=len(self._arrivals) + 1,
                at_s=round(time.monotonic(), 4),
                method=method,
                scheme=scheme,
                host=host,
                target=target,
                headers=headers,
                body=body[:BODY_LIMIT],
                status=status,
            )
            self._arrivals.append(arrival)
            self._changed.notify_all()
        return arrival

    def fail(self, error: Exception) -> None:
        """Hand the site's own failure to whoever waits; the first one is kept."""
        with self._changed:
            self._failure = self._failure or error
            self._changed.notify_all()

    def raise_failure(self) -> None:
        """Raise what `fail` was told, if anything.

        Raises:
            SiteBroken: the site failed to answer a request.
        """
        if self._failure is not None:
            raise SiteBroken(
                f"The landing site failed to answer a request ({self._failure!r});"
                " its own log above or the cause below says where."
            ) from self._failure

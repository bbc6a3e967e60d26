"""What reached the merchant's site, in the order in which it came."""

import threading
import time
from collections.abc import Callable

from records.observation import Arrival

BODY_LIMIT = 64 * 1024  # bytes of a request body that an arrival keeps


class SiteBroken(RuntimeError):
    """The landing site itself failed while it answered a request."""

    category = "suite problem"


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
                url=f"{scheme}://{host}{target}",
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

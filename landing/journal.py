"""Journal of the requests that reached the merchant's site."""

import threading
import time

from records.observation import Arrival

BODY_LIMIT = 64 * 1024  # bytes of a request body that an arrival keeps


class SiteBroken(RuntimeError):
    """The landing site failed to answer a request."""

    category = "suite problem"


class Journal:
    """Every arrival in order; thread-safe."""

    def __init__(self) -> None:
        self._arrivals: list[Arrival] = []
        self._lock = threading.Lock()
        self._failure: Exception | None = None

    def mark(self) -> int:
        """Return the number of arrivals so far, for `since`."""
        with self._lock:
            return len(self._arrivals)

    def since(self, mark: int) -> tuple[Arrival, ...]:
        """Return the arrivals after a mark, oldest first; `since(0)` returns all."""
        with self._lock:
            return tuple(self._arrivals[mark:])

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
        """Append an arrival and return it."""
        host = next((value for name, value in headers if name == "host"), "")
        with self._lock:
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
        return arrival

    def fail(self, error: Exception) -> None:
        """Keep the first failure of the site for `raise_failure`."""
        with self._lock:
            self._failure = self._failure or error

    def raise_failure(self) -> None:
        """Raise the failure that `fail` kept, if any.

        Raises:
            SiteBroken: the site failed to answer a request.
        """
        if self._failure is not None:
            raise SiteBroken(
                f"The landing site failed to answer a request ({self._failure!r}): see the"
                " cause of this error."
            ) from self._failure

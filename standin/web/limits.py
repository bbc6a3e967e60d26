"""The API's rate limit, which only a stand-in that was asked for it has.

Source: https://docs.clover.com/docs/api-usage-rate-limits (16 requests a second and 5 at once for a
token, 50 and 10 for an app; a refusal carries ``X-RateLimit-*`` and ``Retry-After``)
"""

import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

PER_SECOND: Final = 16
AT_ONCE: Final = 5
_HEADERS: Final = {
    "x-ratelimit-crosstokenlimit": "50",
    "x-ratelimit-tokenconcurrentlimit": str(AT_ONCE),
    "x-ratelimit-crosstokenconcurrentlimit": "10",
    "retry-after": "1",
}


class RateLimit:
    """Counts the requests of each merchant, who has one token, by the real time."""

    def __init__(self, per_second: int, now: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._now = now
        self._begun: dict[str, deque[float]] = {}
        self._open: dict[str, int] = {}

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of a refusal."""
        return {"x-ratelimit-tokenlimit": str(self._per_second), **_HEADERS}

    def begin(self, merchant_id: str) -> bool:
        """Take one of the merchant's turns; false if there is none."""
        begun = self._begun.setdefault(merchant_id, deque(maxlen=self._per_second))
        is_full = len(begun) == self._per_second and self._now() - begun[0] < 1
        if is_full or self._open.get(merchant_id, 0) >= AT_ONCE:
            return False
        begun.append(self._now())
        self._open[merchant_id] = self._open.get(merchant_id, 0) + 1
        return True

    def end(self, merchant_id: str) -> None:
        """Give a turn back."""
        self._open[merchant_id] -= 1

"""Throttling of logins: each wrong password after the first few doubles the wait."""

from collections import OrderedDict
from typing import Final

from standin.clock import Clock

#: Wrong passwords in a row without a wait.
FREE: Final = 3
#: Seconds to wait after the next one; each further one doubles the wait.
FIRST_WAIT_S: Final = 2.0
LONGEST_WAIT_S: Final = 300.0
#: Seconds without an attempt after which wrong passwords are forgotten.
FORGOTTEN_AFTER_S: Final = 3600.0
_MOST_EMAILS = 10_000


class LoginAttempts:
    """Wrong passwords by email address; an unknown address waits like a known one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait_s(self, email: str) -> float:
        """Seconds until this address may be tried again; 0 for now."""
        count, last_s = self._recent(email)
        if count <= FREE:
            return 0.0
        wait: float = min(FIRST_WAIT_S * 2 ** min(count - FREE - 1, 30), LONGEST_WAIT_S)
        return max(0.0, last_s + wait - self._clock.now())

    def failed(self, email: str) -> None:
        """Count a wrong password."""
        count, _ = self._recent(email)
        self._failed[email] = (count + 1, self._clock.now())
        self._failed.move_to_end(email)
        while len(self._failed) > _MOST_EMAILS:
            self._failed.popitem(last=False)

    def succeeded(self, email: str) -> None:
        """Forget the wrong passwords."""
        self._failed.pop(email, None)

    def _recent(self, email: str) -> tuple[int, float]:
        count, last_s = self._failed.get(email, (0, 0.0))
        if self._clock.now() - last_s >= FORGOTTEN_AFTER_S:
            return 0, 0.0
        return count, last_s

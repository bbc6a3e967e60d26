"""The stand-in's clock, which tests move forward instead of waiting."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """Real time plus what ``advance`` has added."""

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        self._real = real
        self._ahead_s = 0.0

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return self._real() + self._ahead_s

    def today(self) -> datetime:
        """The same moment as a date in UTC."""
        return datetime.fromtimestamp(self.now(), UTC)

    def advance(self, seconds: float) -> None:
        """Move time forward.

        Raises:
            ValueError: ``seconds`` is negative.
        """
        if seconds < 0:
            raise ValueError("Time cannot be turned back: give seconds from 0 upwards.")
        self._ahead_s += seconds

"""How often, how long and for what the API is asked again.

Only two things are asked again: a 429, which has created nothing, and a connection that was never
made. What has been sent and got no answer stays as it is: the call has no idempotency, so that a
second request makes a second session.

Source: https://docs.clover.com/docs/api-usage-rate-limits
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """The bounds of asking again.

    Attributes:
        tries: how often the API is asked at most.
        total_s: seconds of waiting, all in all.
        first_s: seconds before the second try where the server names none; doubled each time.
    """

    tries: int = 4
    total_s: float = 60.0
    first_s: float = 0.5

    def pause_s(
        self, tries_made: int, waited_s: float, *, told_s: float | None = None
    ) -> float | None:
        """Seconds to wait before the next try; None if there is to be none.

        Args:
            tries_made: how often the API has been asked.
            waited_s: seconds waited so far.
            told_s: seconds that the server asked for, if it did. Less than that is never waited.
        """
        pause_s = self.first_s * 2 ** (tries_made - 1) if told_s is None else told_s
        if tries_made >= self.tries or waited_s + pause_s > self.total_s:
            return None
        return pause_s


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """The seconds that ``retry-after`` asks for, which may be given as a date.

    A date is compared with the server's own ``date``, so that a wrong clock here does no harm.

    Args:
        headers: of the answer, names in lower case.

    Returns:
        Seconds, never negative; None if there is no such header, or if nobody can read it.
    """
    told = headers.get("retry-after", "").strip()
    try:
        seconds = float(told)
    except ValueError:
        until = _moment(told)
        if until is None:
            return None
        seconds = (until - (_moment(headers.get("date", "")) or datetime.now(UTC))).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
